"""The 61 people of Marlhaven, by site and unit: username, name, title, language, level, bio."""

from __future__ import annotations

ROSTER: list[tuple[str, str, str, str, str] | tuple[str, str, str, str]] = [
    (
        "Hamburg",
        "Direction",
        "aoife",
        """
aoife | Aoife Brennan | Managing director | en | director | Started here on the phones in 2009. I write on Fridays and answer most days.
margit | Margit Thomsen | Finance director | de | director | Zahlen, Verträge, und wer die Spülmaschine ausräumt.
""",
    ),
    (
        "Hamburg",
        "Payments",
        "yusuf",
        """
yusuf | Yusuf Demir | Payments lead | en | lead | I like files that balance. Ask me early, I answer between nine and ten.
mara | Mara Lindqvist | Software engineer | en | member | Returns, queues, settlement-core. Rowing, rye bread, and long trains.
jonas | Jonas Wiegand | Software engineer | de | member | pain.001, pain.002 und was dazwischen schiefgeht.
leyla | Leyla Aksoy | Product manager | de | member | Was bauen wir als Nächstes, und warum nicht das andere?
oskar | Oskar Brandt | Test engineer | de | member | Ich mache Dinge kaputt, bevor es ein Hafenagent tut.
piotr | Piotr Zieliński | Senior engineer | en | member | Eleven years of bank files. Grows tomatoes on a balcony in Altona.
mia | Mia Hansen | Apprentice, software | de | apprentice | Azubi Fachinformatikerin, erstes Lehrjahr vorbei. Frage viel.
""",
    ),
    (
        "Aarhus",
        "Engineering",
        "torben",
        "torben | Torben Lassen | Head of engineering | da | head | Færre møder, flere gåture. Sejler når vejret er til det.",
    ),
    (
        "Aarhus",
        "Platform",
        "freja",
        """
freja | Freja Mikkelsen | Platform lead | da | lead | Køer, releases og alt det der helst ikke må kunne mærkes.
jens | Jens Kragh | Platform engineer | da | member | Skrev parseren. Undskyld. Cykler til arbejde i al slags vejr.
asger | Asger Holm | Platform engineer | da | member | Databaser og brændeovne.
ditte | Ditte Nørgaard | Site reliability engineer | da | member | Vagttelefonen og jeg har en aftale.
malthe | Malthe Krogh | Student engineer | da | apprentice | Datalogi på fjerde år, her tirsdag og torsdag.
nadia | Nadia Petrova | Security engineer | en | member | Passkeys, patches, polite suspicion.
""",
    ),
    (
        "Hull",
        "Portal",
        "samuel",
        """
samuel | Samuel Okafor | Portal lead | en | lead | The part customers see. Sunday baker.
beth | Beth Hargreaves | Front-end engineer | en | member | Forms, tables, and tables inside forms.
gareth | Gareth Pugh | Test engineer | en | member | If it can be typed into, I have typed a Welsh place name into it.
""",
    ),
    (
        "Hamburg",
        "Portal",
        "samuel",
        """
finn | Finn Albers | Front-end engineer | de | member | Baut Formulare, die man auch bei Regen auf der Pier ausfüllen kann.
ines | Ines Carvalho | Software engineer | en | member | Quayside, the phone app. Lisbon, then Hamburg, both windy.
""",
    ),
    (
        "Aarhus",
        "Design",
        "signe",
        """
signe | Signe Damgaard | Design lead | da | lead | Tegner først, spørger bagefter, tegner om.
ida | Ida Brogaard | User researcher | da | member | Jeg sidder på havnekontorer og ser folk bruge det vi har lavet.
""",
    ),
    (
        "Hamburg",
        "Design",
        "signe",
        "mathilde | Mathilde Roux | Designer, accessibility | en | member | Colour, contrast, keyboards. I will ask you to unplug your mouse.",
    ),
    (
        "Hamburg",
        "Data",
        "emeka",
        """
emeka | Emeka Obi | Data lead | en | lead | Counts things, then asks whether they were worth counting.
katharina | Katharina Voss | Data analyst | de | member | Tabellen, Karten, und die Frage, was da eigentlich gezählt wird.
""",
    ),
    (
        "Boston",
        "Data",
        "emeka",
        "devika | Devika Nair | Data engineer | en | member | Pipelines by day, pottery by night. Six hours behind you.",
    ),
    (
        "Hamburg",
        "Market research",
        "johanna",
        "johanna | Johanna Falk | Head of market research | de | head | Der Hafenkostenindex, jede zweite Woche. Behind a wall from the desk, so please do not ask me for hints.",
        "index-research",
    ),
    (
        "Boston",
        "Market research",
        "johanna",
        "owen | Owen Castellan | Research analyst | en | member | North American port costs. Birds before work.",
        "index-research",
    ),
    (
        "Aarhus",
        "Market research",
        "johanna",
        "birgit | Birgit Dahl | Research analyst | da | member | Indsamler takster fra 140 havne, mange af dem på papir.",
        "index-research",
    ),
    (
        "Hamburg",
        "Rates desk",
        "viktor",
        """
viktor | Viktor Lorenz | Head of the rates desk | de | head | Währungen für Reedereien, die lieber schlafen. Hinter der Wand zum Index.
nikhil | Nikhil Shah | Rates dealer | en | member | Kroner, pounds, dollars, before ten if possible.
""",
        "rates-desk",
    ),
    (
        "Boston",
        "Rates desk",
        "viktor",
        "caroline | Caroline Whitlock | Rates dealer | en | member | The late shift, which is my morning.",
        "rates-desk",
    ),
    (
        "Hamburg",
        "Treasury",
        "tobias",
        """
tobias | Tobias Rehm | Head of Treasury | de | head | Elf Banken, ein Kalender. Zeichnet frei, wenn er da ist.
wenke | Wenke Petersen | Treasury analyst | de | member | Cash, cut-offs and the odd returned file. Ask me about anything with an IBAN in it. Rows on the Elbe on Tuesdays.
henning | Henning Voigt | Treasury analyst | de | member | Kontoauszüge seit 1998. Damals auf Endlospapier.
sabine | Sabine Krüger | Accountant | de | member | Buchhaltung. Belege bitte bis zum dritten Werktag.
elif | Elif Yıldız | Treasury analyst | de | member | Bankanbindungen, Vollmachten, Unterschriftenkarten.
""",
    ),
    (
        "Hamburg",
        "Customer care",
        "lukas",
        """
lukas | Lukas Oberhuber | Head of customer care | de | head | Das Telefon klingelt zuerst bei uns. Aus dem Allgäu, trotzdem pünktlich.
samira | Samira Haddad | Customer care | en | member | Port agents, five languages, one headset.
""",
    ),
    (
        "Hull",
        "Customer care",
        "lukas",
        """
tom | Tom Ashworth | Customer care | en | member | Humber ports and their many telephone numbers.
ruth | Ruth Appleyard | Customer care | en | member | Thirty years of harbour paperwork. Screen reader user, happy to test your page.
""",
    ),
    (
        "Aarhus",
        "Customer care",
        "lukas",
        "sofie | Sofie Lund | Customer care | da | member | Danske og svenske havne. Laver kaffen, fordi jeg er her først.",
    ),
    (
        "Hull",
        "Sales",
        "grace",
        """
grace | Grace Adeyemi | Head of sales | en | head | Ports, terminals and the occasional marina. On trains a lot.
callum | Callum Wray | Account manager | en | member | Hull, Immingham, Goole. Keeper of the tariff.
""",
    ),
    (
        "Aarhus",
        "Sales",
        "grace",
        "rasmus | Rasmus Bech | Account manager | da | member | Jylland, Fyn og Sydsverige. Kender de fleste havnefogeder ved fornavn.",
    ),
    (
        "Boston",
        "Sales",
        "grace",
        """
claire | Claire Donovan | Head of North America | en | head | Four of us and a coffee machine on the harbor side of Boston.
marcus | Marcus Bell | Account manager | en | member | Maine to Virginia. Tides by heart, area codes too.
""",
    ),
    (
        "Aarhus",
        "Customer projects",
        "bjarne",
        "bjarne | Bjarne Friis | Head of customer projects | da | head | Får nye havne på. Tjeklister, støvler og tålmodighed.",
    ),
    (
        "Hull",
        "Customer projects",
        "bjarne",
        "hetty | Hetty Marsden | Project lead | en | member | I bring new ports on board and then worry about them.",
    ),
    (
        "Boston",
        "Customer projects",
        "bjarne",
        "luis | Luis Ortega | Project lead | en | member | Gannet Point first, the rest of the coast after.",
    ),
    (
        "Hamburg",
        "Legal and compliance",
        "annegret",
        """
annegret | Dr. Annegret Freifrau von Schlottenhausen-Wiedemann | General counsel, data protection | de | head | Verträge, Datenschutz, lange Wörter. Annegret genügt.
priya | Priya Raman | Compliance officer | en | member | Runbooks, reviews, second pairs of eyes. Asks why, in writing.
""",
    ),
    (
        "Aarhus",
        "People and culture",
        "hanne",
        """
hanne | Hanne Vestergaard | Head of people and culture | da | head | Ansættelser, regler, barsel, og alt det ingen har skrevet ned endnu.
lone | Lone Kjær | Office manager, Aarhus | da | member | Nøgler, planter, rundstykker om fredagen.
""",
    ),
    (
        "Hamburg",
        "People and culture",
        "hanne",
        """
karla | Karla Steinbach | Training and apprentices | de | member | Ausbildung, Einarbeitung, Sprachkurse. Singt im Chor.
uwe | Uwe Clasen | Office manager, Hamburg | de | member | Schlüssel, Post, Kaffee, Brandschutz. Zimmer 1.04.
nele | Nele Hoffmann | Writer and communications | de | member | Handbücher, Meldungen, und freitags eine Frage.
""",
    ),
    (
        "Hull",
        "People and culture",
        "hanne",
        "deirdre | Deirdre Quinn | Office manager, Hull | en | member | If it is cold, ring me. If it is broken, ring me. If it is cake, do not.",
    ),
    (
        "Hamburg",
        "Workplace IT",
        "arne",
        """
arne | Arne Wulf | Head of workplace IT | de | lead | Rechner, Netz, Drucker. Vor allem Drucker.
bilal | Bilal Rahmani | Apprentice, systems | de | apprentice | Azubi Systemintegration, zweites Lehrjahr. Patcht gern.
""",
    ),
]
