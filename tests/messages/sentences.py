"""Sentences as people write them at night, and what should be proposed of each; written before the rules were.

A line is: the sentence, `=>`, and what should be proposed, parted by spaces; nothing after `=>` means that nothing may be.
The day of writing is Sunday 22 November 2026. Even lines were open while the rules were made; odd ones were held out.

    act/NAME/TOWARD/AUDIENCE   day/KIND or day/no-contact   promise/DUE (what, in the list PROMISED)   answer/ANSWER
    limit/EVENT   turn/KIND   inward/ACKNOWLEDGED (yes, no or -)   danger/SIGN
"""

from __future__ import annotations

from datetime import date

ON = date(2026, 11, 22)

PARTNER = """
He promised to call the bank by Friday => promise/2026-11-27
I said no to Sunday and he called me selfish in front of my mother => day/refused act/put_me_down/me/family
She denied it again => answer/denied
He came back => turn/returned
He said sorry and did the dishes unasked => answer/words_only act/helped_unasked//
I told him it hurt and he laughed => inward/no act/mocked//
calm day => day/calm
didn't see her => day/no-contact
he put his hands on my neck => danger/strangled act/hurt_or_broke/me/
He didn't hit me =>
If he leaves I will cope =>
Did he lie to me? =>
I shouted at him =>
My sister says he lied to me =>
He shouted at me for an hour => act/shouted/me/
She yelled at the kids => act/shouted/child/
Ben promised he would pay the rent tomorrow => promise/2026-11-23
He swore he'd never do it again => promise/-
He said he will come to the parents' evening on Thursday => promise/2026-11-26
She said she would look for a therapist next week => promise/2026-11-29
He promised nothing =>
He listened to me and let me finish => act/listened/me/
He asked how my day was and listened => act/asked_about_me// act/listened//
She took no for an answer => act/took_no//
He read my messages again => act/checked_phone//
She went through my phone while I was asleep => act/checked_phone//
He wouldn't take no for an answer => act/did_not_take_no//
I asked him to stop and he carried on => act/did_not_take_no//
He kept going after I said no => day/refused act/did_not_take_no//
He threw a plate at the wall => act/hurt_or_broke//
She slapped me => act/hurt_or_broke/me/ danger/getting_worse
He pushed me against the door and I left the house => act/hurt_or_broke/me/ danger/getting_worse
He kicked the dog => act/hurt_or_broke/pet/ danger/pet_hurt
He hit our son => act/hurt_or_broke/child/ danger/child_hurt
He said he would kill me if I left => danger/threat_to_kill act/threatened/me/
He held a knife to me => danger/weapon act/threatened/me/
I am scared of him => danger/afraid_now
I was afraid of him tonight => danger/afraid_now
He said he will kill himself if I go => danger/their_suicide
I don't want to live any more => danger/own_despair
He follows me to work and waits outside => danger/stalking
He forced me to have sex => danger/forced_sex
He tracks my phone => danger/stalking act/checked_phone//
We talked about the dog and the rent =>
He thanked me for dinner => act/thanked_me/me/
She apologised for shouting at me => answer/owned
He apologised => answer/words_only
He apologised but said it was my fault => answer/blamed
I asked him about the money and he said it was my fault => answer/blamed
I brought up the lie and he walked out => answer/withdrew
I confronted her about the messages and she denied everything => answer/denied
I told him he had hurt me and he said I am too sensitive => inward/no
I told her I felt lonely and she hugged me => inward/yes
I told him how I felt =>  inward/-
He never listens =>
I never said he lied =>
He called me stupid at the party in front of everyone => act/put_me_down/me/public
He mocked me in front of his friends => act/mocked/me/public
When we were alone he insulted me => act/put_me_down/me/alone
She ignored me all evening => act/punished_with_silence/me/
He hasn't spoken to me since Tuesday => act/punished_with_silence/me/
He gave me the silent treatment => act/punished_with_silence/me/
No contact today => day/no-contact
I didn't see him all day => day/no-contact
We had a quiet, ordinary day => day/calm
Stressful day at work for both of us => day/stress
It was a calm day and he helped me without being asked => day/calm act/helped_unasked/me/
I disagreed with him about the holiday => day/refused
I criticised his cooking and he stayed calm => day/criticised act/stayed_calm//
His boss told him off today => day/criticised
He lost his job => day/criticised
I said no and he accepted it => day/refused act/took_no//
I said no =>  day/refused
I couldn't say no =>
He asked before he booked the flights => act/asked_first//
He booked the flights without asking me => act/decided_for_me//
He won't let me see my friends => act/decided_for_me//
She took my bank card => act/controlled_money//
I have to ask him for money => act/controlled_money//
He lied to me about where he was => act/lied/me/
I caught him lying => act/lied//
He said I lied =>
He says he never lied to me =>
I lied to him =>
Maybe he lied =>
I dreamt that he hit me =>
He almost hit me =>
What if he comes back? =>
I wish he would apologise =>
I hope he stays calm =>
He used to shout at me =>
Last year he lied to me a lot =>
My boss shouted at me =>
The neighbour yelled at him =>
Our son shouted at me =>
My mother thanked me =>
He left for work early =>
He moved out => turn/left
I left him => turn/left
I moved back in with him => turn/returned
I told him I would leave => turn/loss_threatened
I said that I want a divorce => turn/loss_threatened
He started therapy => turn/therapy_began
She quit therapy because it bored her => turn/therapy_ended
He started taking medication => turn/medication
He has not started therapy =>
He crossed my line about my phone => limit/crossed
I held my limit => limit/held
I gave in again => limit/slipped
I stuck to my boundary and left the room => limit/held
He didn't cross my limit =>
I told him that if he shouts I leave the room => limit/stated
He blamed me for the traffic jam => act/blamed_me/me/
She said it was all my fault => act/blamed_me//
He said it never happened => act/denied_it//
She told me I imagined it => act/denied_it/me/
He admitted it without excuses => answer/owned
He owned up before I asked => act/owned_up//
He bragged all evening and took credit for my work => act/exaggerated//
He made fun of my accent => act/mocked//
She threatened to take the children => act/threatened//
He broke his promise => act/broke_agreement//
He did not keep his word => act/broke_agreement//
"You are so selfish", he said => act/put_me_down//
He said "I will kill you" => danger/threat_to_kill act/threatened//
My friend said "he shouts at you all the time" =>
Watched a film about a man who lies =>
He punched a hole in the wall => act/hurt_or_broke//
He has a gun in the house => danger/gun_in_reach
It is getting worse => danger/getting_worse
He hurt me when I was pregnant => danger/hurt_in_pregnancy act/hurt_or_broke/me/
Headache all day =>
He hit the brakes =>
He was listening to the radio =>
She laughed at my joke =>
He has never hit me =>
He stopped shouting when our daughter came in =>
Instead of shouting he went for a walk => act/stayed_calm//
He comforted me when my father was ill => act/comforted/me/
She said she was wrong and that she had hurt me => answer/owned
I cried and he stayed with me => act/comforted/me/
He looked down on the waiter => act/looked_down/other/
He was rude to the waiter but kind to me =>
He denied it, then shouted at me => answer/denied act/shouted/me/
He promised to call, and to see a doctor by 3 December => promise/2026-12-03
He promised to be home by six => promise/2026-11-22
She promised to pay me back in two weeks => promise/2026-12-06
He promised to finish it by the end of the month => promise/2026-11-30
I promised to call the bank =>
We agreed that he calls his mother =>
nothing happened =>
Er hat versprochen, bis Freitag die Bank anzurufen => promise/2026-11-27
Er hat mir versprochen, dass er morgen zum Arzt geht => promise/2026-11-23
Sie hat gesagt, dass sie nächste Woche die Miete zahlt => promise/2026-11-29
Er hat mich vor meiner Mutter egoistisch genannt => act/put_me_down/me/family
Er hat mich angeschrien => act/shouted/me/
Sie hat mich vor allen beleidigt => act/put_me_down/me/public
Ich habe nein gesagt und er ist laut geworden => day/refused act/shouted//
Heute hat er mich nicht angeschrien =>
Er hat wieder alles abgestritten => answer/denied
Er ist zurückgekommen => turn/returned
Er ist ausgezogen => turn/left
Ich habe ihn verlassen => turn/left
Ruhiger Tag => day/calm
Habe sie heute nicht gesehen => day/no-contact
Kein Kontakt => day/no-contact
Er hat sich entschuldigt => answer/words_only
Er hat sich entschuldigt und ungefragt abgewaschen => answer/words_only act/helped_unasked//
Ich habe ihm gesagt, dass es mir wehgetan hat, und er hat gelacht => inward/no act/mocked//
Er hat mich gewürgt => danger/strangled act/hurt_or_broke/me/
Er hat mir die Hände um den Hals gelegt => danger/strangled act/hurt_or_broke/me/
Er hat mich geschlagen => act/hurt_or_broke/me/ danger/getting_worse
Er hat die Kinder angeschrien => act/shouted/child/
Wenn er mich anschreit, gehe ich =>
Hat er mich belogen? =>
Ich habe ihn angeschrien =>
Meine Schwester sagt, dass er mich belügt =>
Er hat mein Handy durchsucht => act/checked_phone//
Er hat mich belogen => act/lied/me/
Er hat mir zugehört => act/listened/me/
Er hat mich ausreden lassen und sich bedankt => act/listened/me/ act/thanked_me//
Sie redet seit Tagen nicht mit mir => act/punished_with_silence/me/
Er hat mir gedroht => act/threatened/me/
Er hat gedroht, mich umzubringen => act/threatened/me/ danger/threat_to_kill
Ich habe Angst vor ihm => danger/afraid_now
Er hat eine Therapie angefangen => turn/therapy_began
Sie hat die Therapie abgebrochen => turn/therapy_ended
Er hat mir die Schuld gegeben => act/blamed_me/me/
Sie sagt, das sei nie passiert => act/denied_it//
Er hat ohne mich zu fragen die Reise gebucht => act/decided_for_me//
Er hat meine Grenze überschritten => limit/crossed
Ich habe meine Grenze gehalten => limit/held
Ich habe nachgegeben => limit/slipped
Mein Chef hat mich angeschrien =>
Er hat mich getröstet => act/comforted/me/
Er hat das Nein akzeptiert => act/took_no//
Ich habe ihn auf das Geld angesprochen und er hat mir die Schuld gegeben => answer/blamed
Er hat den Hund getreten => act/hurt_or_broke/pet/ danger/pet_hurt
Ich will nicht mehr leben => danger/own_despair
Vielleicht hat er gelogen =>
Er ruft gleich an =>
""".strip("\n")

CHANGER = """
I promised to call the bank by Friday => promise/2026-11-27
I shouted at her => act/shouted/other/
She shouted at me =>
I said I would pick up the kids tomorrow => promise/2026-11-23
She said no and I accepted it => day/refused act/took_no//
She criticised me and I stayed calm => day/criticised act/stayed_calm//
I lied to her => act/lied/other/
She promised to call the bank =>
I listened to her and let her finish => act/listened/other/
I did not shout =>
I almost shouted at her =>
She says I lied =>
I apologised for shouting => answer/owned
I blamed her for being late => act/blamed_me/other/
I want to die => danger/own_despair
calm day => day/calm
I did the dishes without being asked => act/helped_unasked//
She came back => turn/returned
I started therapy => turn/therapy_began
I pushed her => act/hurt_or_broke/other/
She put her hands around my neck => danger/strangled
If I shout she leaves =>
Ich habe sie angeschrien => act/shouted/other/
Sie hat nein gesagt und ich habe es akzeptiert => day/refused act/took_no//
Ich habe versprochen, morgen anzurufen => promise/2026-11-23
Ich habe ihr zugehört => act/listened/other/
Sie hat mich angeschrien =>
Ich habe nicht gelogen =>
""".strip("\n")

PROMISED = {
    "He promised to call the bank by Friday": "call the bank",
    "Ben promised he would pay the rent tomorrow": "pay the rent",
    "He swore he'd never do it again": "never do it again",
    "He said he will come to the parents' evening on Thursday": "come to the parents' evening",
    "She said she would look for a therapist next week": "look for a therapist",
    "He promised to call, and to see a doctor by 3 December": "call, and to see a doctor",
    "He promised to be home by six": "be home by six",
    "She promised to pay me back in two weeks": "pay me back",
    "He promised to finish it by the end of the month": "finish it",
    "Er hat versprochen, bis Freitag die Bank anzurufen": "die Bank anzurufen",
    "Er hat mir versprochen, dass er morgen zum Arzt geht": "zum Arzt geht",
    "Sie hat gesagt, dass sie nächste Woche die Miete zahlt": "die Miete zahlt",
    "I promised to call the bank by Friday": "call the bank",
    "I said I would pick up the kids tomorrow": "pick up the kids",
    "Ich habe versprochen, morgen anzurufen": "anzurufen",
}


def table() -> list[tuple[str, str, frozenset[str]]]:
    """(sentence, side, what should be proposed), the two sides one after the other."""
    sides = (("partner", PARTNER), ("changer", CHANGER))
    lines = [(line, side) for side, text in sides for line in text.splitlines()]
    return [(s.strip(), side, frozenset(e.split())) for line, side in lines for s, e in [line.split("=>")]]


def half(held_out: bool) -> list[tuple[str, str, frozenset[str]]]:
    """The lines that were open while the rules were made, or those that were not."""
    return table()[int(held_out) :: 2]


# Written when the rules had been mended on the lines above, in other words and about traps; scored once before they were
# mended again.
FRESH = """
He came home late and slammed the door =>
He rang the school like he said he would =>
He went mad because dinner was cold => act/shouted//
She screamed in my face => act/shouted/me/
he's been sulking since breakfast =>
He gave me the cold shoulder all weekend => act/punished_with_silence/me/
Told him I wasn't coming and he went ballistic => day/refused act/shouted//
She promised me she'd stop drinking by Christmas => promise/2026-12-25
He says he'll sort the car out on Monday => promise/2026-11-23
he promised he would never hit me again => promise/-
He grabbed my wrist and twisted it => act/hurt_or_broke/me/
He smashed my phone => act/hurt_or_broke//
He stood in the doorway and would not let me leave => act/hurt_or_broke/me/ danger/control_and_leaving
He punched me in the stomach => act/hurt_or_broke/me/ danger/getting_worse
He strangled me last year => danger/strangled
I thought he was going to kill me => danger/threat_to_kill danger/afraid_now
He told our daughter she is fat => act/put_me_down/child/
He calls me crazy whenever I cry => act/put_me_down/me/
He admitted that he had read my diary => answer/owned
She took responsibility for what happened on Sunday => answer/owned
He made dinner without my having to ask => act/helped_unasked//
He cleaned the kitchen without being told => act/helped_unasked//
He sat with me in hospital all night => act/comforted/me/
He asked me whether Saturday suited me => act/asked_first/me/
He let me finish for once => act/listened/me/
He didn't let me finish =>
He walked away to cool down => act/stayed_calm//
I raised the money again and he shrugged => answer/indifferent
I asked her about Saturday and she turned it round on me => answer/turned_round
I asked him why he lied and he stormed off => answer/withdrew
I told her I was sad and she rolled her eyes => inward/no
I told him I felt scared and he listened => inward/yes act/listened//
I said he could not come and he turned up at my work => day/refused danger/stalking
A peaceful Sunday => day/calm
haven't heard from him for two days => day/no-contact
He got sacked this morning => day/criticised
My therapist said I should leave him =>
My mum thinks he is lying =>
His father shouted at him =>
Does he shout because he is tired? =>
I would tell him if he lied =>
He pretended to listen =>
He was about to hit me =>
Nobody shouted today =>
He didn't shout, he didn't sulk =>
I lost my temper with him =>
I told my sister that he hits me =>
He told me about a colleague who threatened his wife =>
We moved in together last year =>
We split up tonight => turn/left
He left me for good => turn/left
I told him I'm leaving => turn/loss_threatened
I went back to him => turn/returned
He has been in therapy for a month =>
I stood my ground about the car => limit/held
He went through the line I had drawn about money => limit/crossed
He wants to change =>
He said he loves me =>
He brought me flowers =>
Er hat die Tür zugeschlagen =>
Er hat mir zum Abendessen gedankt => act/thanked_me/me/
Sie hat sich über mich lustig gemacht => act/mocked/me/
Er hat mein Geld genommen => act/controlled_money//
Er ist ausgerastet, als ich nein gesagt habe => act/shouted// day/refused
Er meinte, ich bilde mir das nur ein => act/denied_it//
Er hat sich bei mir entschuldigt, aber gesagt, ich sei schuld => answer/blamed
Er hat gelogen und mich dann ignoriert => act/lied// act/punished_with_silence/me/
Er hat versprochen, sich bis Ende des Monats einen Therapeuten zu suchen => promise/2026-11-30
Er hat mir die Kehle zugedrückt => danger/strangled act/hurt_or_broke/me/
Er hat mir eine Ohrfeige gegeben => act/hurt_or_broke/me/ danger/getting_worse
Er droht, sich umzubringen, wenn ich gehe => danger/their_suicide act/threatened//
Mein Vater hat ihn angeschrien =>
Ich glaube, er hat gelogen =>
Er hat nie gelogen =>
""".strip("\n")


def fresh() -> list[tuple[str, str, frozenset[str]]]:
    """The lines of the third set, all of the partner's side."""
    return [
        (s.strip(), "partner", frozenset(e.split()))
        for s, e in (row.split("=>") for row in FRESH.splitlines())
    ]
