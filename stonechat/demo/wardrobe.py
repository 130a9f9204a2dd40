"""How each of Marlhaven looks: skin, hair, clothes, and what they wear on nose and chin."""

from __future__ import annotations

SKIN = {
    "a": "#f7dcc8",
    "b": "#f3cfb4",
    "c": "#e2b08a",
    "d": "#c68a5e",
    "e": "#96603f",
    "f": "#5f3a26",
}
HAIR = {
    "black": "#1d1613",
    "dark": "#3a2a22",
    "brown": "#6b4226",
    "chestnut": "#7a3d1d",
    "red": "#a9441a",
    "copper": "#c4672b",
    "sand": "#b98e4b",
    "blond": "#e0c27a",
    "grey": "#8f8b85",
    "silver": "#c3beb6",
    "white": "#e9e6e0",
}
GROUNDS = [
    "#cfe3e6",
    "#d9e4e2",
    "#e3d6ea",
    "#d6e7ee",
    "#e8dcc3",
    "#f0d6cf",
    "#e5d9dd",
    "#e0e2d2",
    "#efe0d2",
    "#f2e3b8",
    "#d4dcef",
    "#dbe7d3",
    "#e9d8c8",
    "#cfdfd4",
    "#dcd5e6",
    "#f3dccb",
]
CLOTHES = [
    "#1d5a6b",
    "#c8862c",
    "#2c6b4b",
    "#39485a",
    "#5a2f6b",
    "#8a3b5c",
    "#445a2f",
    "#b5380a",
    "#7b2f1d",
    "#20343b",
    "#e4b83d",
    "#37576b",
    "#6d7f3a",
    "#a34e3c",
    "#2f4f7d",
    "#d9d2c4",
    "#46615a",
    "#7a6a9c",
]

# skin, hair style, hair colour, clothes (neck and place in CLOTHES), then anything worn.
LOOKS = """
aoife     a bun red crew9
margit    b crop silver collar3 glasses earrings
yusuf     c short black crew1 beard
mara      b bob chestnut crew0
jonas     a mop copper hoodie12 freckles
leyla     c long dark blazer5
oskar     a side brown collar11 glasses
piotr     b quiff grey stripe3 moustache
mia       b pony blond stripe7 freckles
torben    a crop white roll11 beard
freja     a braid sand crew2 freckles
jens      a short sand crew8 beard
asger     b mop dark stripe9 beard
ditte     a fringe black roll13
malthe    a quiff blond hoodie6
nadia     b long black crew9 glasses
samuel    f buzz black collar10 beard
beth      a curls copper crew16 freckles earrings
gareth    b sides dark stripe12 beard glasses
finn      a mop blond hoodie0
ines      d waves dark crew10 earrings
signe     a long blond crew7
ida       b bob sand roll2 glasses
mathilde  b pixie black stripe3 earrings
emeka     f afro black crew10 glasses
katharina a waves chestnut blazer17
devika    e braid black crew13 earrings
johanna   a crop grey blazer9 earrings
owen      b side sand collar6 glasses
birgit    a fringe silver roll5 glasses
viktor    b quiff dark blazer3
nikhil    e side black blazer9 beard
caroline  a bob blond blazer8 earrings
tobias    a side sand crew3 glasses
wenke     b bun dark crew5 glasses
henning   a sides white collar16 moustache glasses
sabine    b bob grey blazer12 glasses
elif      c curls black crew4
lukas     b short brown collar2 moustache
samira    d scarf teal crew11
tom       a buzz copper hoodie3 beard freckles
ruth      b crop white roll17 darkglasses earrings
sofie     a pony chestnut stripe2
grace     f curls black blazer7 earrings
callum    a sides dark crew6 beard
rasmus    a quiff copper collar0 beard
claire    b waves red blazer11
marcus    e buzz black collar14 glasses
bjarne    b sides grey roll3 beard
hetty     a pony silver crew13
luis      d short black hoodie1 moustache
annegret  b bun silver blazer4 earrings glasses
priya     d long black crew4
hanne     b bob silver crew2 glasses
lone      a pixie red crew15 earrings
karla     c curls grey crew5 earrings
uwe       b bald none collar13 moustache
nele      a fringe chestnut stripe16 glasses
deirdre   b curls white roll12
arne      b bald none hoodie9 beard glasses
bilal     d mop black crew0
henrike   a crop sand blazer0
matthias  b side dark collar17 beard
"""


def looks() -> dict[str, list[str]]:
    """The look of each username, as words."""
    return {row.split()[0]: row.split()[1:] for row in LOOKS.strip().splitlines()}
