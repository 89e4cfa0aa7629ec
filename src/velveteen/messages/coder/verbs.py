"""Verbs with which an English sentence begins when it tells somebody to do something."""

IMPERATIVES = frozenset(
    """add admit allow answer apologise apologize apply argue arrive ask avoid bake be beg begin behave believe blame blow boil book borrow break
 breathe bring brush build buy call calm cancel careful carry catch cause change charge chat check cheer choose chop clean clear click
 climb close collect come comment complete concentrate confirm consider contact continue cook copy count cover cross cut dance decide delete
 deliver describe dial dig do download draw dream dress drink drive drop dry eat email empty enjoy ensure enter examine exchange excuse
 exercise explain explore express face fax feed feel fetch fill find finish fix fold follow forget forgive forward get give go grab grow guess
 hand hang have heat help hide hire hit hold hop hope hurry ignore imagine include insert inform introduce invite join jump keep kick kiss knock learn leave lend
 let lie lift light listen live load lock log look lose love make mail mark marry meet mention message mind mix move name note notice obey
 offer open order pack paint park pass pay peel phone pick place plan plant play please point post pour practise practice prepare press print promise pull push put
 quit raise reach read record reduce refer register relax release remain remember remind remove repeat reply report request rest return ring rinse roll run save say
 search see select sell send separate serve set settle shake share shoot show shut sign sing sit skip sleep slice slow smell smile speak spell spend spread stand start
 state stay step stick stir stop study submit subscribe suggest support suppose swallow swear sweep swim switch take talk taste teach tear tell text thank
 think throw tie touch train translate travel treat trust try turn type unplug untie update use visit wait wake walk warm wash watch water wear weigh whisper
 wipe wish work worry wrap write""".split()
)
