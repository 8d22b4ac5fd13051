"""E-mail domains: what they tell of an organisation, and which tell nothing."""

# Anybody can have an address here, so it tells nothing of an organisation.
PUBLIC = frozenset(
    (
        "gmail.com", "googlemail.com", "hotmail.com", "hotmail.dk", "outlook.com", "outlook.dk", "live.com",
        "live.dk", "msn.com", "yahoo.com", "yahoo.dk", "ymail.com", "icloud.com", "me.com", "mac.com",
        "aol.com", "gmx.com", "gmx.net", "gmx.de", "web.de", "mail.com", "mail.dk", "email.dk", "jubii.dk",
        "ofir.dk", "sol.dk", "stofanet.dk", "youmail.dk", "tdcadsl.dk", "privat.dk", "post.tele.dk",
        "proton.me", "protonmail.com", "pm.me", "tutanota.com", "tuta.com", "hey.com", "fastmail.com",
        "zoho.com", "yandex.com", "mailinator.com", "guerrillamail.com", "10minutemail.com", "tempmail.com",
    )
)  # fmt: skip

# Below these anybody can have a domain of their own.
SUFFIXES = frozenset(
    (
        "co.uk", "ac.uk", "gov.uk", "nhs.uk", "org.uk", "com.au", "edu.au", "gov.au", "co.nz", "ac.nz",
        "co.jp", "ac.jp", "com.br", "co.za", "ac.za", "co.in", "ac.in", "com.cn", "edu.cn", "gv.at", "ac.at",
        "co.at", "github.io", "blogspot.com", "azurewebsites.net", "onmicrosoft.com", "eu.com", "co.dk",
    )
)  # fmt: skip


def domain_of(address: str) -> str:
    """What stands after the @, in small letters; nothing for a public mail domain."""
    domain = address.rpartition("@")[2].strip().rstrip(".").lower()
    return "" if is_public(domain) else domain


def is_public(domain: str) -> bool:
    """Whether belonging to it says nothing: anybody's mail, or a suffix above many organisations."""
    domain = domain.strip().rstrip(".").lower()
    return domain in PUBLIC or domain in SUFFIXES


def within(domain: str) -> list[str]:
    """The domain and those above it that an organisation may have registered: `x.aarhus.dk`, `aarhus.dk`."""
    parts = domain.split(".")
    above = (".".join(parts[start:]) for start in range(len(parts) - 1))
    return [name for name in above if name not in SUFFIXES]


def lies_within(address: str, domain: str) -> bool:
    """Whether an address is one of an organisation that has registered this domain."""
    return domain.lower() in within(domain_of(address))
