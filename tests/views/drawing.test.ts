// What the drawings of views rest on, without a browser: widths, times, scales, places; bundled and run by test_units.py.
import assert from "node:assert/strict";
import { test } from "node:test";
import { firstOf, fromResults } from "../../kg/web/frontend/src/views/all";
import { barsOf, planBars } from "../../kg/web/frontend/src/views/bars.layout";
import { fitted, inLines, widthOf } from "../../kg/web/frontend/src/views/letters";
import { ALL, heightOf, leftOf, placesOf, planMap, projectionOf } from "../../kg/web/frontend/src/views/map.layout";
import { MOST_EDGES, networkOf, planNetwork, SLIM, shownLabels } from "../../kg/web/frontend/src/views/network.layout";
import { offered, withRoles } from "../../kg/web/frontend/src/views/offer";
import { fileName, pictured, WIDTH } from "../../kg/web/frontend/src/views/picture";
import { every, shape, toXml, type Shape } from "../../kg/web/frontend/src/views/shape";
import { EMPTY, type Cell, type Table } from "../../kg/web/frontend/src/views/table";
import { bandsOf, planTimeline, timelineOf } from "../../kg/web/frontend/src/views/timeline.layout";
import { DAY, spanInWords, stretchOf } from "../../kg/web/frontend/src/views/when";

const HOSTILE = `<script>alert("1")</script>`;
const LAND = { type: "MultiPolygon" as const, coordinates: [[[[0, 40], [0, 60], [20, 60], [20, 40], [0, 40]]]] };

function thing(text: string): Cell {
  return { ...EMPTY, text, href: text && `/page/${encodeURIComponent(text)}` };
}

function plain(text: string | number): Cell {
  return { ...EMPTY, text: String(text) };
}

function dated(...times: string[]): Cell {
  return { ...EMPTY, text: times.join(" – "), times };
}

function table(columns: string, ...rows: Cell[][]): Table {
  const told = columns.split(" ").map((column) => column.split(":"));
  return { columns: told.map(([name, role]) => ({ name: name!, role: role ?? "", title: name! })), rows };
}

function pairs(...rows: [string, string][]): Table {
  return table("leader:source counterpart:target", ...rows.map(([one, other]) => [thing(one), thing(other)]));
}

function whole(body: readonly Shape[]): Shape {
  return shape("g", {}, ...body);
}

function texts(drawn: Shape): string[] {
  return every(drawn, "text").map((text) => text.children.map((child) => (typeof child === "string" ? child : child.children.join(""))).join(""));
}

// --- letters and times

test("a text that is too wide ends in an ellipsis, and is never wider than its room", () => {
  assert.equal(fitted("Anna", 12, 100), "Anna");
  for (const room of [0, 5, 20, 57, 90]) assert.ok(widthOf(fitted("Bartholomew Wójcik-Montgomery", 12, room), 12) <= Math.max(room, widthOf("…", 12)));
  assert.ok(fitted("Bartholomew Wójcik-Montgomery", 12, 90).endsWith("…"));
});

test("letters of any script have a width, marks on them none", () => {
  assert.ok(widthOf("習近平", 10) > widthOf("iii", 10));
  assert.equal(widthOf("e\u0301", 10), widthOf("e", 10));
});

test("long titles are broken between words", () => {
  const lines = inLines("Who met whom at the G7 and G8 summits since 1975", 20, 200);
  assert.ok(lines.length > 1 && lines.every((line) => widthOf(line, 20) <= 200));
  assert.equal(lines.join(" "), "Who met whom at the G7 and G8 summits since 1975");
});

test("a day is a day, a month lasts a month, two ends are one stretch", () => {
  assert.equal(stretchOf("2024-02-29")!.isDay, true);
  assert.equal((stretchOf("2024-02")!.end - stretchOf("2024-02")!.begin) / DAY, 29);
  assert.equal((stretchOf("2025")!.end - stretchOf("2025")!.begin) / DAY, 365);
  assert.deepEqual(stretchOf("2025-06-01", "2025-06-30"), { ...stretchOf("2025-06")!, isDay: false });
  assert.deepEqual(stretchOf("2025-06-01/2025-06-30"), stretchOf("2025-06-01", "2025-06-30"));
});

test("what is no date, or ends before it begins, is not drawn", () => {
  for (const wrong of [["2025-02-30"], ["2025-13"], ["--05-12"], ["May"], [""], ["2025-06-02", "2025-06-01"], []]) assert.equal(stretchOf(...wrong), null);
});

test("times are told as exactly as they are known", () => {
  assert.equal(spanInWords(["2025-06-17"]), "17 June 2025");
  assert.equal(spanInWords(["2025-06"]), "June 2025");
  assert.equal(spanInWords(["2025-06-01", "2025-06-30"]), "1 June 2025 to 30 June 2025");
});

// --- pictures

test("a picture is valid XML whatever its labels are, and needs nothing but itself", () => {
  const drawn = shape("text", { fill: "var(--ink)", "data-name": `"&${HOSTILE}` }, `${HOSTILE} & \u0000\u0008 \uFFFF 😀`);
  const xml = toXml(drawn, (variable) => (variable === "--ink" ? "#123456" : "none"));
  assert.ok(xml.includes('fill="#123456"') && !xml.includes("var(") && !xml.includes("<script"));
  assert.ok(!/[\u0000-\u0008\uFFFF]/.test(xml) && xml.includes("😀"));
});

test("a picture carries its title, what was asked for, and what it is to be cited by", () => {
  const drawing = { width: WIDTH, height: 100, body: [shape("circle", { r: 3 })] };
  const picture = pictured(drawing, { title: "Who met whom", given: "Summit: G7 2025", foot: ["Diplomacy KG, generation 12, built 17 June 2025.", `https://example.org/${"x".repeat(400)}`] });
  const said = texts(picture);
  assert.deepEqual(said.slice(0, 3), ["Who met whom", "Summit: G7 2025", "Diplomacy KG, generation 12, built 17 June 2025."]);
  assert.equal(said.slice(3).join(""), `https://example.org/${"x".repeat(400)}`);
  assert.ok(said.slice(3).every((line) => widthOf(line, 11.5) <= WIDTH));
  assert.equal(every(picture, "circle").length, 1);
});

test("a file is called after what it shows, in plain letters", () => {
  assert.equal(fileName({ title: "Who met whom", given: "Leader: Anna Novák" }, "12", "svg"), "who-met-whom-leader-anna-novak-generation-12.svg");
  assert.equal(fileName({ title: "../../<x>", given: "" }, "", "png"), "x.png");
  assert.equal(fileName({ title: "…", given: "" }, "", "png"), "drawing.png");
});

// --- bars

test("bars are in the order of the table, as long as their numbers, which stand at their ends", () => {
  const told = table("leader:source counterpart:target meetings:value", [thing("A"), thing("B"), plain("1,200")], [thing("A"), thing("C"), plain(300)], [thing("A"), thing("D"), plain(0)]);
  const drawn = whole(planBars(barsOf(told)!).draw(800).body);
  const wide = every(drawn, "rect").filter((rect) => rect.attributes["class"] === "mark").map((rect) => Number(rect.attributes["width"]));
  assert.equal(wide.length, 3);
  assert.ok(Math.abs(wide[0]! / wide[1]! - 4) < 0.01 && wide[2] === 0);
  assert.deepEqual(texts(drawn), ["B", "1,200", "C", "300", "D", "0"]);
  assert.deepEqual(every(drawn, "a").map((link) => link.attributes["href"]), ["/page/B", "/page/C", "/page/D"]);
});

test("pairs have both names, months their words, and two measures one scale", () => {
  const two = table("leader:source counterpart:target meetings:value calls:value", [thing("A"), thing("B"), plain(2), plain(4)], [thing("C"), thing("D"), plain(1), plain(0)]);
  assert.deepEqual(barsOf(two)!.bars.map((bar) => bar.label), ["A – B", "C – D"]);
  const marks = every(whole(planBars(barsOf(two)!).draw(800).body), "rect").filter((rect) => rect.attributes["class"] === "mark");
  assert.ok(Math.abs(Number(marks[1]!.attributes["width"]) / Number(marks[0]!.attributes["width"]) - 2) < 0.01);
  assert.equal(barsOf(table("month:date meetings:value", [dated("2025-06"), plain(3)], [dated("2025-07"), plain(1)]))!.bars[0]!.label, "June 2025");
});

test("without numbers there are no bars; of many rows the first are drawn, and it is said so", () => {
  assert.equal(barsOf(table("leader:source meetings:value", [thing("A"), plain("many")])), null);
  assert.equal(barsOf(table("leader:source meetings:value")), null);
  const many = table("leader:source meetings:value", ...Array.from({ length: 90 }, (_, n) => [thing(`L${n}`), plain(90 - n)]));
  assert.deepEqual(planBars(barsOf(many)!).notes, ["The first 60 of 90 rows are drawn."]);
});

// --- timelines

const MEETINGS = table(
  "when:date event:label with",
  [dated("2025-06-17"), thing("Meeting: Anna and Emil, 17 June 2025"), plain("Emil")],
  [dated("2025-06-01", "2025-06-30"), thing("Phone call: Anna and Mia, June 2025"), plain("Mia")],
  [dated("2019"), thing("Meeting: Anna and Otto, 2019"), plain("")],
  [plain(""), thing("Meeting: nobody knows when"), plain("X")],
);

test("days are dots, and what is known to the month or year is a bar", () => {
  const timeline = timelineOf(MEETINGS)!;
  assert.deepEqual(timeline.happenings.map((one) => [one.label, one.kind, one.isDay]), [["Anna and Otto", "meeting", false], ["Mia", "phone call", false], ["Emil", "meeting", true]]);
  assert.deepEqual([timeline.undated, timeline.kinds], [1, ["meeting", "phone call"]]);
  const drawn = whole(planTimeline(timeline).draw(900).body);
  assert.equal(every(drawn, "a").length, 3);
  assert.ok(planTimeline(timeline).notes.some((note) => note.includes("1 row without a year is only in the table")));
});

test("of times in office the office is told, from its begin to its end, or when somebody was seen in it", () => {
  const held = table("office leader:source since:date until:end tenure:label seen", [thing("President"), thing("Anna"), dated("2019"), dated("2023-05"), thing("t1"), EMPTY], [thing("Mayor"), thing("Anna"), EMPTY, EMPTY, thing("t2"), dated("2015-01-02", "2016-03-04")]);
  const { happenings } = timelineOf(held)!;
  assert.deepEqual(happenings.map(({ label, begin, end }) => [label, new Date(begin).getUTCFullYear(), new Date(end - 1).toISOString().slice(0, 7)]), [["Mayor", 2015, "2016-03"], ["President", 2019, "2023-05"]]);
});

test("long times are told year by year, without the empty years", () => {
  const rows = ["2015-01-02", "2015-03-04", "2019-05-06", "2021-07-08", "2025-09-10"].map((day) => [dated(day), thing(day), plain("A")]);
  assert.deepEqual(bandsOf(timelineOf(table("when:date event:label with", ...rows))!.happenings).map((band) => band.title), ["2015", "2019", "2021", "2025"]);
});

for (const width of [320, 640, 960, 1600]) {
  test(`no two labels or signs of a timeline of ${width} overlap, and all are within it`, () => {
    const rows = Array.from({ length: 120 }, (_, n) => {
      const begin = `2025-${String(1 + (n % 12)).padStart(2, "0")}-${String(1 + ((n * 7) % 28)).padStart(2, "0")}`;
      return [n % 5 ? dated(begin) : dated(begin.slice(0, 7)), thing(`event ${n}`), plain(`Somebody with a name of ${"long ".repeat(n % 7)}parts`)];
    });
    const { body } = planTimeline(timelineOf(table("when:date event:label with", ...rows))!).draw(width);
    const hits = every(whole(body), "rect").filter((rect) => rect.attributes["class"] === "hit");
    assert.equal(hits.length, 120);
    const boxes = hits.map(({ attributes: { x, y, width: w, height: h } }) => [Number(x), Number(y), Number(x) + Number(w), Number(y) + Number(h)] as const);
    for (const [place, one] of boxes.entries()) {
      assert.ok(one[0] >= 0 && one[2] <= width + 1, `${one}`);
      for (const other of boxes.slice(place + 1)) assert.ok(one[2] <= other[0] + 0.5 || other[2] <= one[0] + 0.5 || one[3] <= other[1] + 0.5 || other[3] <= one[1] + 0.5);
    }
  });
}

// --- networks

test("edges between the same two are one, as heavy as there are rows or as they count", () => {
  const network = networkOf(pairs(["A", "B"], ["B", "A"], ["A", "C"], ["D", "D"]))!;
  assert.deepEqual(network.edges.map((edge) => [network.nodes[edge.one]!.label, network.nodes[edge.other]!.label, edge.weight]), [["A", "B", 2], ["A", "C", 1]]);
  const counted = networkOf(table("leader:source counterpart:target meetings:value calls:value sources:value", [thing("A"), thing("B"), plain(2), plain(3), plain(99)]))!;
  assert.equal(counted.edges[0]!.weight, 5);
});

test("the counterparts of the page's own thing are linked with it; a chain is linked through all that lie between", () => {
  const own = networkOf(table("counterpart:target meetings:value", [thing("B"), plain(1)], [thing("C"), plain(2)]), thing("A"))!;
  assert.deepEqual(own.nodes.map((node) => node.label), ["A", "B", "C"]);
  const chain = networkOf(table("meetings:value leader:source first:through second:through counterpart:target", [plain(3), thing("A"), thing("B"), EMPTY, thing("D")], [plain(3), thing("A"), thing("B"), thing("C"), thing("D")]))!;
  assert.deepEqual(chain.edges.map((edge) => `${chain.nodes[edge.one]!.label}${chain.nodes[edge.other]!.label}`).sort(), ["AB", "BC", "BD", "CD"]);
});

test("the same data give the same picture, in whatever order they come", () => {
  const rows = Array.from({ length: 60 }, (_, n) => [`P${n % 17}`, `P${(n * 5) % 19}`] as [string, string]);
  const one = networkOf(pairs(...rows))!;
  const other = networkOf(pairs(...[...rows].reverse()))!;
  assert.deepEqual(one.nodes, other.nodes);
  assert.deepEqual(planNetwork(one).draw(900), planNetwork(other).draw(900));
});

test("of a small network every label is shown, on a page and on a telephone", () => {
  const rows = Array.from({ length: 24 }, (_, n) => [`Somebody Number ${n % 13}`, `Somebody Number ${(n * 5 + 1) % 13}`] as [string, string]);
  for (const room of [undefined, SLIM]) {
    const network = networkOf(pairs(...rows), null, room)!;
    assert.equal(shownLabels(network.nodes, 1).size, network.nodes.length);
  }
});

test("of very many edges the heaviest are drawn, and it is said how many of how many", () => {
  const rows = Array.from({ length: 2600 }, (_, n) => [`P${n % 90}`, `Q${Math.floor(n / 26)}`] as [string, string]);
  const network = networkOf(pairs(...rows, ["P1", "Q1"], ["P1", "Q1"]))!;
  assert.ok(network.total > MOST_EDGES);
  assert.equal(network.edges.length, MOST_EDGES);
  assert.equal(network.edges[0]!.weight, 2);
  assert.deepEqual(planNetwork(network).notes, [`The 2,000 heaviest of ${network.total.toLocaleString("en")} links are drawn.`]);
  assert.ok(network.nodes.every((node) => Number.isFinite(node.x) && Number.isFinite(node.y)));
});

test("without two columns of things there is no network", () => {
  assert.equal(networkOf(table("when:date count:value", [dated("2025"), plain(3)])), null);
  assert.equal(networkOf(pairs()), null);
});

// --- maps

const TOWN = (name: string, lat: number, long: number, count: number) => [thing(name), plain(lat), plain(long), plain(count)];
const TOWNS = table("place:place lat:lat long:long meetings:value", TOWN("Brussels", 50.85, 4.35, 16), TOWN("Oslo", 59.91, 10.75, 4), [thing("Nowhere"), EMPTY, EMPTY, plain(1)]);

test("dots lie where their degrees say, as large as what happened there, with labels", () => {
  const places = placesOf(TOWNS)!;
  const drawn = whole(planMap(places, LAND).draw(900).body);
  const dots = every(drawn, "circle").filter((dot) => dot.attributes["class"] === "mark");
  const [x, y] = projectionOf(places.places, ALL, 900, heightOf(places.places, 900))([4.35, 50.85])!;
  assert.deepEqual([dots[0]!.attributes["cx"], dots[0]!.attributes["cy"]], [x, y]);
  assert.ok(Number(dots[0]!.attributes["r"]) > Number(dots[1]!.attributes["r"]));
  assert.deepEqual(texts(drawn), ["Brussels 16", "Oslo 4"]);
  assert.deepEqual(planMap(places, LAND).notes, ["1 place cannot be drawn, as nobody has told where it lies: Nowhere."]);
});

test("whatever lies in the world is on the map, and north is up", () => {
  const corners = [["Suva", -18.14, 178.44], ["Apia", -13.83, -171.77], ["Ushuaia", -54.8, -68.3], ["Longyearbyen", 78.22, 15.65]] as const;
  const places = placesOf(table("place:place lat:lat long:long", ...corners.map(([name, lat, long]) => TOWN(name, lat, long, 1).slice(0, 3))))!;
  for (const width of [320, 900]) {
    const height = heightOf(places.places, width);
    const projection = projectionOf(places.places, ALL, width, height);
    for (const [name, lat, long] of corners) {
      const [x, y] = projection([long, lat])!;
      assert.ok(x >= 0 && x <= width && y >= 0 && y <= height, `${name} at ${x}, ${y} of ${width}, ${height}`);
    }
    assert.ok(projection([0, 60])![1] < projection([0, 0])![1]);
  }
});

test("looking closer keeps what is in the middle there", () => {
  const { places } = placesOf(TOWNS)!;
  const far = projectionOf(places, ALL, 900, 500)([4.35, 50.85])!;
  const near = projectionOf(places, { close: 4, x: far[0] / 900, y: far[1] / 500 }, 900, 500)([4.35, 50.85])!;
  assert.ok(Math.abs(near[0] - 450) < 0.01 && Math.abs(near[1] - 250) < 0.01);
});

test("where no row tells its degrees there is no map", () => {
  assert.equal(placesOf(table("place:place meetings:value", [thing("Nowhere"), plain(2)])), null);
  assert.equal(placesOf(table("place:place lat:lat long:long", [thing("Nowhere"), plain(2), EMPTY])), null);
});

// --- hostile data

test("labels are texts and nothing else, and only addresses of pages are links", () => {
  const evil: Cell = { ...EMPTY, text: HOSTILE, href: "javascript:alert(1)", times: ["2025-06-17"] };
  const told = [
    planBars(barsOf(table("leader:source meetings:value", [evil, plain(1)]))!),
    planTimeline(timelineOf(table("when:date event:label", [evil, evil]))!),
    planNetwork(networkOf(table("leader:source counterpart:target", [evil, thing("B")]))!),
    planMap(placesOf(table("place:place lat:lat long:long", [evil, plain(1), plain(1)]))!, LAND),
  ];
  for (const plan of told) {
    const xml = toXml(whole(plan.draw(700).body), () => "none");
    assert.ok(xml.includes("&lt;script&gt;") && !xml.includes("<script") && !xml.includes("javascript:"));
  }
});

test("all rows of an answer are read from its results, names before addresses", () => {
  const columns = table("leader:source when:date").columns;
  const row = { leader: { type: "uri", value: "https://kg.example/id/leader/anna" }, leaderName: { type: "literal", value: "Anna" }, when: { type: "literal", value: "2025-06-01/2025-06-30" } };
  const read = fromResults([row, {}], columns, { name: (iri) => iri, page: (iri) => iri.replace("https://kg.example/id/", "/page/") });
  assert.deepEqual(read.rows[0]!.map(({ text, href, times }) => [text, href, times]), [["Anna", "/page/leader/anna", []], ["2025-06-01/2025-06-30", null, ["2025-06-01", "2025-06-30"]]]);
  assert.deepEqual(read.rows[1], [EMPTY, EMPTY]);
});

// --- what a free query may be drawn as

const ROLES = { leader: "source", counterpart: "target", year: "date", meetings: "value", lat: "lat" };
const XSD = "http://www.w3.org/2001/XMLSchema#";

function asked(columns: string, ...rows: Readonly<Record<string, [type: string, value: string]>>[]): Table {
  const told = columns.split(" ").map((name) => ({ name, title: name, role: ROLES[name as keyof typeof ROLES] ?? "" }));
  const bound = rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, [type, value]]) => [name, { type: type === "uri" ? type : "literal", value, ...(type !== "uri" && type && { datatype: XSD + type }) }])));
  return withRoles(fromResults(bound, told, { name: (iri) => iri, page: (iri) => iri }), ROLES);
}

test("what is offered can be drawn, and what can be drawn is offered, whatever columns are called", () => {
  const pair = (one: string, other: string): Record<string, [string, string]> => ({ a: ["uri", one], b: ["uri", other] });
  const tables: [string[], Table][] = [
    [["network"], asked("a b", pair("x", "y"), pair("y", "z"))],
    [[], asked("a b", pair("x", "x"))],
    [["timeline"], asked("what seenAt", { what: ["", "one"], seenAt: ["date", "2025-06-01"] }, { what: ["", "two"], seenAt: ["dateTime", "2025-07-01T10:00:00Z"] })],
    [["bars"], asked("what howMany", { what: ["", "one"], howMany: ["integer", "2025"] }, { what: ["", "two"], howMany: ["integer", "1999"] })],
    [["timeline", "bars"], asked("year n", { year: ["integer", "2024"], n: ["integer", "3"] }, { year: ["integer", "2025"], n: ["integer", "5"] })],
    [["map"], asked("town latitude lng", { town: ["", "Here"], latitude: ["double", "4.51E1"], lng: ["decimal", "-7.5"] })],
    [[], asked("town lat lng", { town: ["", "Nowhere"], lat: ["decimal", "451"], lng: ["decimal", "7"] })],
    [[], asked("leader counterpart", { leader: ["", "a name"], counterpart: ["", "another"] })],
    [[], asked("x")],
  ];
  for (const [views, answer] of tables) {
    const [timeline, bars] = [timelineOf(answer), barsOf(answer)];
    const drawable = [networkOf(answer) && "network", timeline && timeline.happenings.length > 1 && "timeline", bars && bars.bars.length > 1 && "bars", placesOf(answer) && "map"];
    assert.deepEqual(offered(answer), views);
    assert.deepEqual(drawable.filter(Boolean), views);
  }
});

test("an entry of a timeline names both of a pair", () => {
  const both = timelineOf(table("leader:source counterpart:target when:date", [thing("Anna"), thing("Emil"), dated("2025-06-01")], [thing("Clara"), thing("Emil"), dated("2025-06-02")]))!;
  assert.deepEqual(both.happenings.map((one) => one.label), ["Anna – Emil", "Clara – Emil"]);
});

test("a map lists what it cannot draw, and a drawing of a part says of how many", () => {
  const unknown = [...Array(25).keys()].map((place) => [thing(`Town ${place + 10}`), plain(""), plain("")]);
  const [left, nameless] = leftOf(table("place lat long", ...unknown, [EMPTY, EMPTY, EMPTY], [thing("Far"), plain("95"), plain("10")]));
  assert.match(left!, /^26 places cannot be drawn, as nobody has told where they lie: Far; Town 10; .*; Town 28; and 6 others\.$/);
  assert.equal(nameless, "1 row without a place is only in the table.");
  assert.equal(firstOf(20_000, 31_000), "The first 20,000 of 31,000 rows are drawn.");
  assert.equal(firstOf(60, NaN), "The first 60 rows of a longer answer are drawn.");
});

test("no name of a network is cut at its edges, however narrow it is printed", () => {
  const names = [...Array(9).keys()].map((place) => `Bartholomew Longname ${place}`);
  const network = networkOf(pairs(...names.slice(1).map((name, place): [string, string] => [names[place >> 1]!, name])))!;
  for (const width of [560, 700, 860]) {
    for (const label of every(whole(planNetwork(network).draw(width).body), "text")) {
      const [x, half] = [Number(label.attributes["x"]), widthOf(String(label.children[0]), 12) / 2];
      assert.ok(x - half >= 0 && x + half <= width, `${String(label.children[0])} at ${width}`);
    }
  }
});
