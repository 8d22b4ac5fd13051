"""Writing to those behind an entry, relayed: neither side sees the other's address.

`letter` is what one is asked to say, `limits` how often, `recipients` whom it reaches, `access` who may read
and answer, `actions` what people do, `clock` what time does, `mails` what leaves.
"""
