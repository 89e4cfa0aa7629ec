"""What the app writes by itself: notices, notes in place of media or of a deleted message, the mark of an edited one.

Source of the strings: the app's own translations (iOS Localizable.strings, Android strings.xml) as exports and the public
lists of export readers show them. A language that is not here is told by structure: the left-to-right mark
(U+200E) that the app puts before what it writes itself. Without string or structure a line stays a message.
"""

from __future__ import annotations

import re

MARKS = "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c\ufeff"
"""Invisible marks that carry no words."""

_ENCRYPTED_STEMS = """
end-to-end encrypted|Ende-zu-Ende-verschlüsselt|chiffrés de bout en bout|cifrad[oa]s de extremo a extremo|
crittografat[ie] end-to-end|criptografia de ponta a ponta|encriptadas ponto a ponto|end-to-end versleuteld|
ende-til-ende-krypter|end-to-end-krypter|komplett krypterade|uçtan uca şifreli|сквозным шифрованием|
наскрізним шифруванням|κρυπτογραφούνται πλήρως|w pełni zaszyfrowane|koncovým šifrováním|šifrovaním počas celého|
criptate integral|végpontok közötti titkosítás|salataan täysin|potpunom enkripcijom|mã hóa đầu cuối|
terenkripsi secara end-to-end|disulitkan hujung ke hujung|xifrats d'extrem a extrem|مشفرة تمامًا بين الطرفين|
מוצפנות מקצה-לקצה|رمزگذاری شده|端對端加密|端到端加密|エンドツーエンド暗号化|종단간 암호화|एंड-टू-एंड एन्क्रिप्टेड|
เข้ารหัสจากต้นทาง"""
_ENCRYPTED = re.compile(_ENCRYPTED_STEMS.replace("\n", ""))
_THE_APP = re.compile("WhatsApp|واتساب|واتساپ")
_SECURITY_CODE = re.compile(
    r"Your security code with .{1,100} changed|Deine Sicherheitsnummer für .{1,100} hat sich geändert|"
    r"Votre code de sécurité avec .{1,100} a changé|Cambió tu código de seguridad con |Il tuo codice di sicurezza con "
    r".{1,100} è cambiato|Seu código de segurança com .{1,100} mudou|Uw beveiligingscode voor .{1,100} is gewijzigd|"
    r"Ваш код безопасности с контактом .{1,100} изменился"
)
_GROUP = re.compile(
    r"changed (?:the subject|the group (?:name|description)|this group's (?:icon|description|settings))\b|"
    r"created (?:this )?group\b|Disappearing messages were turned|hat den Betreff |a changé le sujet |cambió el asunto |"
    r"ha cambiato l'oggetto |mudou o assunto |heeft het onderwerp "
)
_QUOTES = re.compile('["“”„«»]')

_DELETED_TEXTS = """
this message was deleted|you deleted this message|diese nachricht wurde gelöscht|du hast diese nachricht gelöscht|
se eliminó este mensaje|este mensaje fue eliminado|eliminaste este mensaje|ce message a été supprimé|
vous avez supprimé ce message|questo messaggio è stato eliminato|hai eliminato questo messaggio|
esta mensagem foi apagada|apagou esta mensagem|mensagem apagada|você apagou esta mensagem|
dit bericht is verwijderd|u hebt dit bericht verwijderd|данное сообщение удалено|вы удалили данное сообщение|
вы удалили это сообщение|це повідомлення було видалено|ta wiadomość została usunięta|bu mesaj silindi|
bu mesajı sildiniz|denne besked blev slettet|denne besked er blevet slettet|du slettede denne besked|
denne meldingen ble slettet|du slettet denne meldingen|det här meddelandet raderades|detta meddelande raderades|
du raderade detta meddelande|tämä viesti poistettiin|poistit tämän viestin|tato zpráva byla smazána|
tuto zprávu jste smazal/a|táto správa bola odstránená|ez az üzenet törlésre került|törölted ezt az üzenetet|
acest mesaj a fost șters|ova je poruka izbrisana|pesan ini dihapus|pesan ini telah dihapus|
anda menghapus pesan ini|tin nhắn này đã bị xóa|bạn đã xoá tin nhắn này|αυτό το μήνυμα διαγράφηκε|
διαγράψατε αυτό το μήνυμα|تم حذف هذه الرسالة|أنت حذفت هذه الرسالة|لقد حذَفت هذه الرسالة|این پیام حذف شد|
הודעה זו נמחקה|מחקת את ההודעה הזו|यह मैसेज डिलीट कर दिया गया है|आपने यह मैसेज डिलीट किया|
このメッセージは削除されました|このメッセージを削除しました|이 메시지는 삭제되었습니다|삭제한 메시지입니다|
这条消息已被删除|您已删除这条消息|此訊息已刪除|您已刪除此訊息|ข้อความนี้ถูกลบแล้ว|คุณได้ลบข้อความนี้"""
_DELETED = frozenset(_DELETED_TEXTS.replace("\n", "").split("|"))
_MEDIA = re.compile(
    r"<?\s*(?:(?:media|image|video|audio|gif|sticker|document|contact card|voice message|video note) omitted"
    r"|medien ausgeschlossen|(?:bild|video|audio|gif|sticker|dokument) weggelassen|médias? omis"
    r"|(?:image|vidéo) absente|(?:audio|document|sticker|gif) (?:omis|absent)"
    r"|(?:archivo )?(?:multimedia|video|audio|sticker|gif|documento) omitido|imagen omitida|media omess[io]|immagine omessa"
    r"|(?:video|audio|sticker|gif|documento) omesso|(?:mídia|arquivo de mídia) (?:oculta|omitid[oa])|imagem "
    r"(?:ocultada|não revelada)"
    r"|(?:vídeo|áudio|figurinha|gif|documento) omitid[oa]|media weggelaten|(?:afbeelding|video|audio|sticker|gif) "
    r"weggelaten"
    r"|медиафайл пропущен|без медиафайлов|(?:изображение|видео|аудиофайл|стикер|gif) отсутствует|medya dahil edilmedi"
    r"|(?:görüntü|video|ses|çıkartma|gif) dahil edilmedi|pliki? pominięto|(?:obraz|wideo|dźwięk) pominięt[ye]"
    r"|(?:billede|video|lyd) udeladt|(?:bild|video) utesluten|media jätettiin pois|obrázek vynechán|video vynecháno"
    r"|(?:gambar|video|audio|media) tidak disertakan|đã bỏ qua (?:hình ảnh|tài liệu)|đã bỏ video"
    r"|画像は含まれていません|ビデオは含まれていません|音声は含まれていません|メディアは省略されました|사진 생략됨|"
    r"이미지 생략됨|비디오 생략됨"
    r"|미디어 파일 생략됨|省略多媒体文件|媒体文件已省略|媒體已略去|(?:圖像|影片|音訊)已省略|(?:照片|视频|"
    r"音频)已忽略|رسانه حذف شد"
    r"|لم يتم إدراج (?:الصورة|الفيديوهات|المقاطع الصوتية|المستند)|تم استبعاد الوسائط)\s*\.?>?",
    re.IGNORECASE,
)
_MEDIA_ENDS = """omitted|ausgeschlossen|weggelassen|omis|absente|absent|omitido|omitida|omesso|omessi|omessa|oculta|ocultada|
revelada|weggelaten|пропущен|медиафайлов|отсутствует|edilmedi|pominięto|pominięty|pominięte|udeladt|utesluten|pois|
vynechán|vynecháno|disertakan|hình ảnh|tài liệu|video|いません|ました|생략됨|多媒体文件|已省略|已略去|已忽略|حذف شد|الصورة|
الفيديوهات|الصوتية|المستند|الوسائط"""
AFTER_NOTE = frozenset(f" \t\n\r.。۔)>{MARKS}")
"""Signs with which a message may end that need a closer look."""
NOTE_ENDS = frozenset(word[-3:] for word in (*_DELETED, *_MEDIA_ENDS.replace("\n", "").split("|")))
"""Last three letters of all other notes."""
_ATTACHED = re.compile(
    r"<[^<>\n:]{1,30}: [^<>\n]{1,200}\.[A-Za-z0-9]{1,5}>|\S[^\n]{0,200}\.[A-Za-z0-9]{1,5} "
    r"\([^()\n]{3,40}\)"
)
_EDITED = re.compile(
    rf"[{MARKS}\s]*<(?:This message was edited|Diese Nachricht wurde bearbeitet|Se editó este mensaje|Ce message a "
    rf"été modifié|"
    rf"Questo messaggio è stato modificato|Esta mensagem foi editada|Mensagem editada|Dit bericht is bewerkt)\.?>\s*$"
    rf"|\s*\u200e<[^<>:\n]{{5,60}}>\s*$"
)


_HINTS = ("WhatsApp", "واتساب", "واتساپ", "security code", "Sicherheitsnummer", "code de sécurité", "código de seguridad",
          "codice di sicurezza", "código de segurança", "beveiligingscode", "код безопасности")  # fmt: skip


def hints_in(text: str) -> tuple[str, ...]:
    """Words of this whole text that a notice under an author's name may have; a body with none of them is a message."""
    return tuple(word for word in _HINTS if word in text)


def is_notice(body: str, *, marked: bool) -> bool:
    """Whether the app wrote this line, although it stands under an author's name.

    Args:
        body: what stands after the author, without leading marks.
        marked: whether the body began with the mark of what the app writes itself.
    """
    if _ENCRYPTED.search(body, 0, 300) and _THE_APP.search(body, 0, 400):
        return True
    return _SECURITY_CODE.match(body) is not None or (marked and _GROUP.search(body, 0, 200) is not None)


def quotes_a_change(author: str) -> bool:
    """Whether this is no name but the start of a notice that quotes a group's new name, which has a colon in it."""
    return _QUOTES.search(author) is not None and _GROUP.search(author) is not None


def has_open_quote(author: str) -> bool:
    """Whether a quotation began before the first colon and did not end: a notice that quotes a colon, and no name."""
    opening, closing = ("„", "“”") if "„" in author else ("“", "”")
    curly = author.count(opening) - sum(author.count(c) for c in closing)
    return author.count('"') % 2 == 1 or curly > 0 or author.count("«") > author.count("»")


def without_edited_mark(body: str) -> str:
    """A body that ends in “>” without the app's mark of an edited message; a body that is nothing else is kept."""
    found = _EDITED.search(body)
    return body[: found.start()] if found and found.start() > 0 else body


def is_note(text: str) -> bool:
    """Whether a message's text is only the app's note about media, a file or a deleted message: nobody's words."""
    bare = text.strip().strip(MARKS).strip()
    if len(bare) > 300 or "\n" in bare:
        return False
    if bare.rstrip(".。۔").casefold() in _DELETED:
        return True
    return _MEDIA.fullmatch(bare) is not None or _ATTACHED.fullmatch(bare) is not None
