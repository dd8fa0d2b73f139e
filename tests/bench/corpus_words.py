"""The sentences that a generated corpus is made of, in our own words; who, where and when is filled in.

``{A}`` and ``{B}`` are people in full ("French President Emmanuel Macron"), ``{a}`` and ``{b}`` their surnames,
``{ca}`` and ``{cb}`` their countries, ``{cap}`` a capital, ``{town}`` where it was, ``{day}`` the weekday, ``{date}``
month and day, ``{topic}`` what they spoke of.
"""

from typing import Final

OUTLETS: Final = tuple(
    f"{place} {kind}"
    for place in ("Harbour", "Northern", "Meridian", "Eastgate", "Lakeside", "Granite", "Saffron", "Cedar", "Highland",
                  "Coral", "Amber", "Junction", "Riverton", "Westmark", "Orchard", "Beacon", "Summerfield", "Old Town")
    for kind in ("Gazette", "Courier", "Herald", "Tribune", "Post", "Observer", "Chronicle", "Times")
)  # fmt: skip
AGENCIES: Final = ("Northwire", "Columbia Press", "Agence Meridienne", "Peninsula News", "Straits Wire", "Danube Press")
WRITERS: Final = tuple(
    f"{first} {last}"
    for first in ("Helen", "Marta", "Oliver", "Samir", "Ines", "Joon", "Piotr", "Leila", "Tomas", "Grace")
    for last in ("Marchetti", "Lindqvist", "Payne", "Haddad", "Okafor", "Seo", "Wolski", "Tanaka", "Brandt", "Achieng")
)
TOPICS: Final = (
    "trade", "grain exports", "the price of energy", "border security", "fisheries", "visas for students",
    "rail links", "critical minerals", "climate finance", "the war in Ukraine", "shipping lanes", "a prisoner exchange",
    "vaccine supplies", "military cooperation", "tariffs on steel", "water rights", "migration", "cyber security",
    "investment in ports", "food aid", "space research", "the reform of the United Nations", "rice shipments",
    "nuclear safety", "tourism", "air traffic", "maritime borders", "debt relief", "gas pipelines", "research",
)  # fmt: skip
DEALS: Final = (
    "a trade agreement", "a fisheries treaty", "a memorandum of understanding on energy", "a visa waiver agreement",
    "an agreement on air traffic", "a defence cooperation agreement", "a declaration on climate",
    "a customs agreement", "a treaty on mutual legal assistance", "an agreement on the protection of investments",
)  # fmt: skip

# By kind of event: headlines, leads (the fact itself), and a second sentence that tells it again or further.
HEADLINES: Final = {
    "meeting": ("{a} meets {b} in {town}", "{ca} and {cb} talk {topic} in {town}", "{a}, {b} hold talks on {topic}",
                "{town} talks: {a} and {b} look at {topic}"),
    "margins": ("{a} and {b} meet on sidelines of {summit}", "{ca}, {cb} leaders talk {topic} at {summit}",
                "At {summit}, {a} sits down with {b}"),
    "phone": ("{a} and {b} speak by phone", "{a} calls {b} over {topic}", "{ca}, {cb} discuss {topic} by phone"),
    "video": ("{a} and {b} hold video call", "{ca}, {cb} discuss {topic} by video link"),
    "planned": ("{a} to meet {b} next week", "{ca} prepares for visit to {town}", "{a} and {b} set for talks"),
    "cancelled": ("{a} cancels meeting with {b}", "{ca}, {cb} talks called off", "Row over {topic} sinks {town} talks"),
    "postponed": ("{a}-{b} talks put off", "{ca} and {cb} postpone meeting in {town}"),
    "deal": ("{ca} and {cb} sign accord", "{a}, {b} sign {deal}", "New accord for {ca} and {cb}"),
    "jubilee": ("{ca} and {cb} mark {nth} anniversary of ties", "{years} years of relations: {ca} and {cb} celebrate"),
    "summit": ("Leaders gather in {town} for {summit}", "{summit} opens in {town}", "{topic} on the table at {summit}"),
    "noise": ("{Town} council argues over tram line", "Rain delays the harvest around {Town}",
              "{Town} opens its new library", "Football: {Town} win again at home", "Bakers of {Town} fear for flour"),
}  # fmt: skip
LEADS: Final = {
    "meeting": (
        "{A} met {B} in {town} on {day} for talks on {topic}.",
        "{A} held talks with {B} in {town} on {date}, with {topic} at the top of the agenda.",
        "{B} received {A} in {town} on {day}, and the two discussed {topic}.",
        "{A} and {B} met in {town} on {date} to discuss {topic}.",
        "{A} sat down with {B} on {day} in {town}, where {topic} was the main subject.",
    ),
    "margins": (
        "{A} met {B} on the sidelines of the {summit} in {town} on {day}.",
        "{A} held a bilateral meeting with {B} on {date} on the margins of the {summit} in {town}.",
        "On the sidelines of the {summit}, {A} met {B} on {day} to discuss {topic}.",
    ),
    "phone": (
        "{A} spoke by phone with {B} on {day} about {topic}.",
        "{A} held a phone call with {B} on {date}, the government said.",
        "{A} and {B} discussed {topic} in a telephone conversation on {day}.",
    ),
    "video": (
        "{A} and {B} held a video call on {day} to discuss {topic}.",
        "{A} spoke with {B} by video link on {date} about {topic}.",
    ),
    "planned": (
        "{A} will meet {B} in {town} on {later}, officials said on {day}.",
        "{A} is to hold talks with {B} in {town} next week, the foreign ministry announced on {day}.",
        "{A} is scheduled to travel to {town} on {later} for talks with {B} on {topic}.",
    ),
    "cancelled": (
        "{A} has cancelled a meeting with {B} that was planned for {later} in {town}, officials said on {day}.",
        "A meeting between {A} and {B} in {town} was called off on {day} in a dispute over {topic}.",
    ),
    "postponed": (
        "A meeting between {A} and {B} that was planned for {later} has been postponed, officials said on {day}.",
        "{A} and {B} have postponed their talks in {town}, a spokesman said on {day}.",
    ),
    "deal": (
        "{A} and {B} signed {deal} in {town} on {day}.",
        "{ca} and {cb} signed {deal} on {date} during a meeting between {A} and {B} in {town}.",
        "{A} met {B} in {town} on {day}, and the two leaders signed {deal}.",
    ),
    "jubilee": (
        "{ca} and {cb} marked the {nth} anniversary of diplomatic relations on {day}.",
        "{A} and {B} exchanged messages on {day} for the {nth} anniversary of relations between {ca} and {cb}.",
    ),
    "summit": (
        "{A} and {B} were among the leaders who gathered in {town} on {day} for the {summit}.",
        "The {summit} opened in {town} on {day}, with {A} and {B} attending.",
    ),
    "noise": (
        "The council of {Town} could not agree on {day} on where the new tram should stop.",
        "After three dry weeks it rained on {day}, and the farmers around {Town} counted their losses.",
        "A small crowd stood before the doors of the new library of {Town} on {day}.",
        "It took until the last minute, but {Town} won at home on {day}.",
    ),
}  # fmt: skip
SECOND: Final = (
    "The talks lasted {minutes} minutes, according to an official who was in the room.",
    "{a} said that {topic} mattered to both countries, and that there was room for more.",
    '"We spoke openly about {topic}," {a} told reporters. "Not everything can be settled in one day."',
    "{b} thanked {a} and said that {cb} wanted to go on with the work of the past months.",
    "It was their first meeting since {b} took office.",
    "The two leaders also touched on {topic2}, a statement by the office of {b} said.",
    "{a} invited {b} to visit {ca}; no date was given.",
    "Both sides agreed to set up a working group on {topic2}.",
    "A spokesman for {a} called the atmosphere frank, a word that diplomats use when voices are raised.",
)  # fmt: skip
BACKGROUND: Final = (
    "{C}, who was not in {town}, said in {cap} that his country would follow the outcome closely.",
    "{C} and {A} met in {cap} last year.",
    "Trade between {ca} and {cb} has grown by {percent} percent in five years, though from a low base.",
    "{ca} and {cb} have argued over {topic2} for the better part of a decade.",
    'Analysts in {cap} doubted that much would come of it. "They talk because not talking looks worse," one said.',
    "The opposition in {ca} accused the government of giving too much away on {topic2}.",
    "A former ambassador to {cb} said that patience had been the only thing in good supply.",
    "{C} spoke by phone with {B} earlier this month.",
    "No agreement on {topic2} was expected, and none was reached, two people close to the delegations said.",
    "Business groups welcomed the news but asked for details on {topic}.",
    "In {cap}, a few dozen people protested against the policy of {cb} on {topic2}.",
    "The foreign ministry in {cap} declined to comment.",
)
FILLER: Final = (
    "{Place} had been cleaned for days, and the police had closed {number} streets to traffic.",
    "Shopkeepers near the market of {Place} complained that customers stayed away.",
    '"We have seen many motorcades," said a waiter who has worked in the same cafe for {number} years.',
    "Prices for bread rose by {percent} percent over the year, the statistics office says.",
    "The weather service expects {number} degrees and light wind from the {wind} until the end of the week.",
    "Schools in the eastern part of {Place} stayed closed, and buses took another way round.",
    "Work on the bridge, which began {number} months ago, is to be finished by the summer.",
    "A survey of {number}00 households found that most worry about rents and few about foreign affairs.",
    "The museum of {Place} showed a collection of old maps for the occasion, lent by a private owner.",
    "Fishermen on the {wind} coast reported the worst season in {number} years.",
    "The local orchestra had rehearsed two anthems and, to be sure, a waltz.",
    "Engineers looked into the failure that left {number} thousand homes without power on the weekend.",
    "The hospital of {Place} will get {number} new beds, paid for from a fund that was set up after the flood.",
    "At the railway station travellers waited for up to {number} minutes, and were given tea.",
    "A court is to decide next month on the complaint of residents against the second runway.",
    "The university of {Place} counted {number} thousand students this term, more than ever before.",
    "Coffee growers fear for their trees, since the rains came {number} days late.",
    "On the stock exchange, the index rose slightly and then gave up what it had gained.",
    "The league table is led by {Place}, {number} points ahead of a club that nobody had expected.",
    "Volunteers have planted {number} thousand trees on the hills to the {wind} of the town.",
)
CLOSINGS: Final = (
    "(Reporting by {writer}; Editing by {writer2})",
    "The next round is expected in the coming months.",
    "Neither side gave further details.",
    "Additional reporting by {writer}.",
)
PLACES: Final = tuple(
    start + end
    for start in ("Ald", "Brack", "Carn", "Dern", "Ell", "Fair", "Gors", "Hazel", "Inver", "Kirk", "Lang", "Mill")
    for end in ("bury", "combe", "ford", "ham", "haven", "mouth", "stead", "wick")
)
