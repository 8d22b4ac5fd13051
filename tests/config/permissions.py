"""Who gets what answer, as a table written by hand; `test_permissions.py` reads it.

One character for each role says what they get, with the objects of their own municipality:

    .  the page (200)         >  led to log in (302)      r  led elsewhere (302)
    x  no right (403)         -  does not exist (404)     m  method not allowed (405)
    c  overtaken (409)        g  gone (410)               e  the page with what is wrong (422)
    b  what is asked makes no sense (400)
    p  moved for good (301)   u  not who they say (401)   w  the page, which notes something of the session
"""

ROLES = ("stranger", "member", "colleague", "editor", "owner", "steward", "curator", "admin")
AT_HOME = ROLES[2:6]  # belong to the first municipality, and to nothing else
MEANS = {
    ".": 200,
    ">": 302,
    "r": 302,
    "x": 403,
    "-": 404,
    "m": 405,
    "c": 409,
    "g": 410,
    "e": 422,
    "b": 400,
    "p": 301,
    "u": 401,
}
# What machines write at an address, with a token; without one nobody is known.
KINDS = ("lab", "actor", "mission", "need", "offer", "trial", "solution")
WRITTEN_AT = {f"api:{kind}": "PATCH" for kind in KINDS} | {f"api:{kind}_by_their_id": "PUT" for kind in KINDS}
# S M C E O T K A: stranger, member, colleague, editor, owner, steward, curator, admin
TABLE = """
# route                        GET       POST, with an empty form
#                              SMCEOTKA  SMCEOTKA
livez                          ........  mmmmmmmm
readyz                         ........  mmmmmmmm
ecosystem:home                 ........  mmmmmmmm
ecosystem:map                  ........  mmmmmmmm
ecosystem:search               ........  mmmmmmmm
ecosystem:missing              ........  eeeeeeee
ecosystem:missing_thanks       ........  mmmmmmmm
ecosystem:partners             ........  rrrrrrrr
ecosystem:about                ........  mmmmmmmm
ecosystem:barometer            ........  mmmmmmmm
ecosystem:barometer_csv        ........  mmmmmmmm
ecosystem:barometer_svg        ........  mmmmmmmm
ecosystem:was                  ........  mmmmmmmm
ecosystem:privacy              ........  mmmmmmmm
places:index                   ........  mmmmmmmm
places:place                   ........  mmmmmmmm
places:missing                 ........  mmmmmmmm
places:who                     ........  mmmmmmmm
places:focus                   ........  mmmmmmmm
shifts:place                   ........  mmmmmmmm
shifts:mission                 ........  mmmmmmmm
network:place                  ........  mmmmmmmm
network:place_svg              ........  mmmmmmmm
network:place_csv              ........  mmmmmmmm
network:entry                  ........  mmmmmmmm
network:entry_svg              ........  mmmmmmmm
network:entry_csv              ........  mmmmmmmm
places:counted                 ........  mmmmmmmm
curation:themes                ........  mmmmmmmm
curation:theme                 ........  mmmmmmmm
actors:browse                  ........  mmmmmmmm
actors:map                     ........  mmmmmmmm
actors:actor                   ........  mmmmmmmm
missions:browse                ........  mmmmmmmm
missions:map                   ........  mmmmmmmm
missions:mission               ........  mmmmmmmm
needs:browse                   ........  mmmmmmmm
needs:map                      ........  mmmmmmmm
needs:need                     ........  mmmmmmmm
offers:browse                  ........  mmmmmmmm
offers:map                     ........  mmmmmmmm
offers:offer                   ........  mmmmmmmm
labs:browse                    ........  mmmmmmmm
labs:map                       ........  mmmmmmmm
labs:lab                       ........  mmmmmmmm
labs:mirror                    ........  mmmmmmmm
labs:mirror_on                 ........  mmmmmmmm
trials:browse                  ........  mmmmmmmm
trials:map                     ........  mmmmmmmm
trials:trial                   ........  mmmmmmmm
solutions:browse               ........  mmmmmmmm
solutions:map                  ........  mmmmmmmm
solutions:solution             ........  mmmmmmmm
reuse:spread                   ........  mmmmmmmm
opendata:stable                rrrrrrrr  mmmmmmmm
opendata:robots                ........  mmmmmmmm
opendata:sitemap               ........  mmmmmmmm
opendata:sitemap_part          ........  mmmmmmmm
opendata:jsonld                ........  mmmmmmmm
opendata:murmurations          ........  mmmmmmmm
opendata:murmurations_index    ........  mmmmmmmm
opendata:catalog_jsonld        ........  mmmmmmmm
opendata:catalog_ttl           ........  mmmmmmmm
opendata:oembed                bbbbbbbb  mmmmmmmm
embed:builder                  ........  mmmmmmmm
embed:map                      ........  mmmmmmmm
embed:list                     ........  mmmmmmmm
embed:card                     ........  mmmmmmmm
embed:place                    ........  mmmmmmmm
exports:csv                    ........  mmmmmmmm
exports:xlsx                   ........  mmmmmmmm
exports:geojson                ........  mmmmmmmm
data:data                      ........  mmmmmmmm
dumps:newest                   rrrrrrrr  mmmmmmmm
dumps:dump                     ........  mmmmmmmm
dumps:checksum                 ........  mmmmmmmm
feeds:feed                     ........  mmmmmmmm
api:description                ........  mmmmmmmm
api:labs                       ........  mmmmmmmm
api:actors                     ........  mmmmmmmm
api:missions                   ........  mmmmmmmm
api:needs                      ........  mmmmmmmm
api:offers                     ........  mmmmmmmm
api:trials                     ........  mmmmmmmm
api:solutions                  ........  mmmmmmmm
api:lab                        ........  mmmmmmmm
api:actor                      ........  mmmmmmmm
api:mission                    ........  mmmmmmmm
api:need                       ........  mmmmmmmm
api:offer                      ........  mmmmmmmm
api:trial                      ........  mmmmmmmm
api:solution                   ........  mmmmmmmm
api:labs_geojson               ........  mmmmmmmm
api:actors_geojson             ........  mmmmmmmm
api:missions_geojson           ........  mmmmmmmm
api:needs_geojson              ........  mmmmmmmm
api:offers_geojson             ........  mmmmmmmm
api:trials_geojson             ........  mmmmmmmm
api:solutions_geojson          ........  mmmmmmmm
api:lab_geojson                ........  mmmmmmmm
api:lab_related                ........  mmmmmmmm
api:actor_geojson              ........  mmmmmmmm
api:actor_related              ........  mmmmmmmm
api:mission_geojson            ........  mmmmmmmm
api:mission_related            ........  mmmmmmmm
api:need_geojson               ........  mmmmmmmm
api:need_related               ........  mmmmmmmm
api:offer_geojson              ........  mmmmmmmm
api:offer_related              ........  mmmmmmmm
api:trial_geojson              ........  mmmmmmmm
api:trial_related              ........  mmmmmmmm
api:solution_geojson           ........  mmmmmmmm
api:solution_related           ........  mmmmmmmm
api:links                      ........  mmmmmmmm
api:members                    ........  mmmmmmmm
api:relations                  ........  mmmmmmmm
api:responses                  ........  mmmmmmmm
api:partners                   ........  mmmmmmmm
api:adoptions                  ........  mmmmmmmm
api:values                     ........  mmmmmmmm
api:learnings                  ........  mmmmmmmm
api:assessments                ........  mmmmmmmm
api:beginning                  ........  mmmmmmmm
api:themes                     ........  mmmmmmmm
api:places                     ........  mmmmmmmm
api:barometer                  ........  mmmmmmmm
api:balance                    ........  mmmmmmmm
api:figures                    ........  mmmmmmmm
# read and written by machine: a browser's session is worth nothing here (tests/opendata/test_writing.py)
api:lab_by_their_id            uuuuuuuu  mmmmmmmm
api:actor_by_their_id          uuuuuuuu  mmmmmmmm
api:mission_by_their_id        uuuuuuuu  mmmmmmmm
api:need_by_their_id           uuuuuuuu  mmmmmmmm
api:offer_by_their_id          uuuuuuuu  mmmmmmmm
api:trial_by_their_id          uuuuuuuu  mmmmmmmm
api:solution_by_their_id       uuuuuuuu  mmmmmmmm
api:suggestion                 uuuuuuuu  mmmmmmmm
reference:page                 ........  mmmmmmmm
reuse:svg                      ........  mmmmmmmm
reuse:csv                      ........  mmmmmmmm

# one's own page, and an entry as its author follows it
keeping:home                   >.......  >mmmmmmm
keeping:entry                  >--.....  >mmmmmmm
keeping:entry, sent in         >-......  >mmmmmmm
keeping:take_back              >mmmmmmm  >-rrrxxx
keeping:confirm                >mmmmmmm  >--rrrrr

# who belongs to an organisation; the steward's turn comes where nobody owns it
keeping:people                 >xx..x..  >xxx.x..
keeping:people, nobody's       >xxxx...  >xxxx...
keeping:give                   >mmmmmmm  >xxx-x--
keeping:give, nobody's         >mmmmmmm  >xxxx---
keeping:change_role            >mmmmmmm  >xxx-x--
keeping:end_membership         >xxx.x..  >xxxrxrr
keeping:withdraw_invitation    >mmmmmmm  >xxxrxrr
keeping:invitation             >-.-----  >-r-----
keeping:invited                >-.-----  >-r-----
keeping:claim                  >.......  >.......
keeping:claim, nobody's        >.......  >.......
keeping:roles                  ........  mmmmmmmm

# registering: a draft is its author's, here the colleague's
keeping:register               ........  mmmmmmmm
keeping:begin                  ........  rrrrrrrr
keeping:find                   ........  mmmmmmmm
keeping:draft                  --r-----  mmmmmmmm
keeping:step                   --.-----  --r-----
keeping:check                  --.-----  --.-----
keeping:preview                --.-----  mmmmmmmm
keeping:later                  --.-----  --.-----
keeping:resume_draft           ........  rrrrrrrr

# keeping a published entry
keeping:edit                   >xx.....  >mmmmmmm
keeping:edit_section           >xx.....  >xxccccc
keeping:learn                  >xx.....  >xx.....
keeping:correct_learning       >xx.....  >xx.....
keeping:take_back_learning     >xx.....  >xx.....
keeping:couple                 >.......  >.......
keeping:answer                 >.......  >.......
# taking a solution over; the adoption is the first municipality's, and nobody has confirmed it
keeping:adopt                  >.......  >.......
keeping:find_in_adopting       >.......  >mmmmmmm
keeping:adoption               ........  mmmmmmmm
keeping:reuse                  ........  mmmmmmmm
keeping:change_adoption        >x......  >xcccccc
keeping:end_adoption           >x......  >xcccccc
keeping:take_up_adoption       >mmmmmmm  >xrrrrrr
keeping:confirm_adoption       >mmmmmmm  >xrrrxxx
keeping:decline_adoption       >x...x..  >xrrrxrr
keeping:renew                  >xx.....  >xx.....
keeping:end                    >xx.....  >xx.....
keeping:find_heir              ........  mmmmmmmm
keeping:resume                 >xx.....  >xxccccc
keeping:withdraw               >xx.....  >xx.....
keeping:history                ........  mmmmmmmm
keeping:revert                 >xx.....  >xxccccc
keeping:suggest                ........  mmmmmmmm
keeping:suggest_in_words       ........  ........
keeping:suggest_thanks         ........  mmmmmmmm
keeping:suggest_section        ........  ........
keeping:suggestion             >--.....  >--.....
keeping:story                  >xxxx...  >xxxxrrr

# the links in mails: whoever holds one may answer
keeping:still_right            ........  rrrrrrrr
keeping:still_right_change     ........  ........
keeping:still_right_ended      ........  ........
keeping:renew_by_token         ........  ........
keeping:named                  ........  rrrrrrrr
keeping:named_actor            >xx..xxx  >xxrrxxx

# PULL-spejlet is its lab's, and nobody else's: the register's own people do not look in
keeping:mirror                 >xx..xxx  >xxrrxxx
keeping:mirror_run             >--..---  >mmmmmmm
keeping:mirror_ask             >mmmmmmm  >--rr---
keeping:mirror_finish          >--..---  >--cc---
keeping:mirror_drop            >--..---  >--rr---
keeping:mirror_show            >--rr---  >--rr---
keeping:mirror_show, finished  >--..---  >--..---
keeping:mirror_sheet           >--..---  >--rr---
keeping:mirror_by_link         ........  rrrrrrrr

# what a reader keeps: a list belongs to an account or to a browser, and here nobody has one
outreach:shortlist             ........  mmmmmmmm
outreach:shortlist_csv         ........  mmmmmmmm
outreach:kept                  ........  mmmmmmmm
outreach:keep                  ........  rrrrrrrr
outreach:note                  mmmmmmmm  --------
outreach:compare               ........  mmmmmmmm
outreach:share                 mmmmmmmm  --------
outreach:shared                --------  mmmmmmmm

# writing to those behind an entry; the enquiry is to the first municipality's lab, and answered
outreach:write                 ........  ........
outreach:written               ........  mmmmmmmm
outreach:enquiry_confirm       ........  rrrrrrrr
outreach:enquiry_asked         ........  ........
outreach:enquiry_asked_decline ........  ........
outreach:enquiry_asked_came    ........  ........
outreach:enquiry_sender        ........  ........
outreach:enquiry_sender_came   ........  ........
outreach:enquiries             >.......  >mmmmmmm
outreach:enquiry               >--..---  >--..---
outreach:enquiry, late         >--.....  >--.....
outreach:enquiry_decline       >--..---  >--..---
outreach:enquiry_came          >--..---  >--..---
outreach:enquiry_pass_on       >mmmmmmm  >--cc---

# the desk
desk:desk                      >xxxx...  >mmmmmmm
desk:queue                     >xxxx...  >mmmmmmm
desk:case                      >xxxx...  >xxxxeee
desk:texts                     >xxxxx..  >mmmmmmm
desk:new_text                  >xxxxx..  >xxxxxee
desk:text                      >xxxxx..  >xxxxxee
desk:remove_text               >mmmmmmm  >xxxxxrr
desk:misses                    >xxxxx..  >mmmmmmm
desk:miss                      >xxxxx..  >xxxxxee
desk:words                     >xxxxx..  >mmmmmmm
desk:new_words                 >xxxxx..  >xxxxxee
desk:word                      >xxxxx..  >xxxxxee
desk:remove_words              >mmmmmmm  >xxxxxcc
desk:bulks                     >xxxx...  >mmmmmmm
desk:choose_bulk               >xxxx...  >xxxxeee
desk:bulk                      >xxxx-..  >xxxx-xx
desk:imports                   >xxxxx..  >mmmmmmm
desk:new_import                >xxxxx..  >xxxxxee
desk:import_example            >xxxxx..  >mmmmmmm
desk:import                    >xxxxx..  >mmmmmmm
desk:import_columns            >xxxxx..  >xxxxxcc
desk:import_rows               >mmmmmmm  >xxxxxrr
desk:apply_import              >mmmmmmm  >xxxxxcc
desk:drop_import               >mmmmmmm  >xxxxxcc
desk:revert_import             >xxxxxrr  >xxxxxcc
desk:merges                    >xxxxx..  >mmmmmmm
desk:merge                     >xxxxx..  >xxxxxrr
desk:merge_with                >xxxxx..  >xxxxxee
desk:stewards                  >xxxx...  >xxxxxee
desk:end_stewardship           >xxxx...  >xxxxrrr
desk:entry_stewards            >xxxx...  >xxxxxee
desk:steward                   >xxxx...  >mmmmmmm
desk:be_away                   >xxxx...  >xxxxeee
desk:hand_over_all             >xxxx...  >xxxxeee
desk:weekly                    >mmmmmmm  >xxxxrxx
desk:absence                   >xxxx...  >xxxxeee
desk:come_back                 >mmmmmmm  >xxxxrrr
desk:stand_in_no_more          >mmmmmmm  >xxxxxrx
desk:stop_weekly               ........  rrrrrrrr
desk:workload                  >xxxx...  >mmmmmmm
desk:quality                   >xxxx...  >mmmmmmm
desk:quality_entries           >xxxx...  >mmmmmmm

# one's own account
accounts:again                 >rrrrrrr  >mmmmmmm
accounts:settings              >.......  >.......
accounts:data                  >.......  >mmmmmmm
accounts:export                >.......  >mmmmmmm
accounts:erase                 >.......  >.......

# tokens and webhooks of systems: here the colleague's. Making one asks who one is once more, but nobody here
# has a password to answer with (tests/opendata/test_access_tokens.py)
opendata_account:tokens        >.......  >mmmmmmm
opendata_account:make_token    >.......  >eeeeeee
opendata_account:revoke_token  >-.-----  >-r-----
opendata_account:webhooks      >.......  >mmmmmmm
opendata_account:make_webhook  >.......  >eeeeeee
opendata_account:webhook       >-.-----  >mmmmmmm
opendata_account:webhook_secret >-.----- >-.-----
opendata_account:test_webhook  >mmmmmmm  >-r-----
opendata_account:end_webhook   >-.-----  >-r-----
opendata_account:send_again    >mmmmmmm  >-r-----

# saved searches: here the colleague's; the link in a mail needs no log-in
outreach:searches              >.......  >mmmmmmm
outreach:save_search           >-------  >-------
outreach:search                >-.-----  >-e-----
outreach:see_search            >mmmmmmm  >-r-----
outreach:stop_search           >mmmmmmm  >-r-----
outreach:forget_search         >mmmmmmm  >-r-----
outreach:stop_searches         ........  rrrrrrrr

# logging in and what is kept of it: allauth's own pages; nobody here has a password or a second factor
account_login                  .rrrrrrr  .rrrrrrr
account_logout                 r.......  rrrrrrrr
account_inactive               ........  mmmmmmmm
account_signup                 .rrrrrrr  .rrrrrrr
account_reauthenticate         >xxxxxxx  >xxxxxxx
account_email                  >.......  >rrrrrrr
account_email_verification_sent >rrrrrrr >rrrrrrr
account_change_password        >rrrrrrr  >rrrrrrr
account_set_password           >.......  >.......
account_reset_password         ........  ........
account_confirm_login_code     rrrrrrrr  rrrrrrrr
account_confirm_password_reset_code >>>>>>>> >>>>>>>>
account_complete_password_reset rrrrrrrr rrrrrrrr
account_password_reset_completed ........ mmmmmmmm
account_request_login_code     .rrrrrrr  .rrrrrrr
mfa_index                      >.......  >mmmmmmm
mfa_authenticate               >rrrrrrr  >rrrrrrr
mfa_reauthenticate             >xxxxxxx  >xxxxxxx
mfa_activate_totp              >wwwwwww  >.......
mfa_deactivate_totp            >-------  >-------
mfa_view_recovery_codes        >-------  >mmmmmmm
mfa_generate_recovery_codes    >.......  >.......
mfa_download_recovery_codes    >-------  >-------
mfa_list_webauthn              >.......  >mmmmmmm
mfa_add_webauthn               >wwwwwww  >.......
mfa_reauthenticate_webauthn    >xxxxxxx  >xxxxxxx
mfa_remove_webauthn            >-------  >-------
mfa_edit_webauthn              >-------  >-------
mfa_login_webauthn             >rrrrrrr  >rrrrrrr
socialaccount_login_cancelled  ........  mmmmmmmm
socialaccount_login_error      >uuuuuuu  >mmmmmmm
socialaccount_signup           >>>>>>>>  >>>>>>>>
socialaccount_connections      >.......  >.......
account/social/login/cancelled/ >ppppppp >ppppppp
account/social/login/error/    >ppppppp  >ppppppp
account/social/signup/         >ppppppp  >ppppppp
account/social/connections/    >ppppppp  >ppppppp
openid_connect_login           --------  --------
openid_connect_callback        --------  --------
usersessions_list              >.......  >rrrrrrr
"""
