import fc from "fast-check";
import { expect, onTestFinished, test, vi } from "vitest";
import { executedCommand } from "../../../../db/station/schema/pulled.ts";
import { BodyTooLarge } from "../../../../lib/http/body-limit.ts";
import {
	DOCUMENT_LIFE_MS,
	type DocumentKind,
	type SignedDocument,
} from "../../../../protocol/documents/signed-document.ts";
import { verifyDocument } from "../../../../protocol/documents/verify-document.ts";
import type { SiteId, StationId, TopicId } from "../../../../protocol/model/ids.ts";
import { type Command, pollAnswerSchema, SEEN_RECENTLY_MS, type SiteView } from "../../../../protocol/sync/command.ts";
import { makeSigningKey } from "../../../../server/documents/signing-keys.ts";
import { Refusal } from "../../../../station/refusal.ts";
import { openNetworkSites } from "../../../../station/sync/pull/network-sites.ts";
import type { PullCalls } from "../../../../station/sync/pull/pull-deps.ts";
import { readHints } from "../../../../station/sync/pull/read-hints.ts";
import { readJsonBody } from "../../../../station/sync/read-json.ts";
import { asSiteId, asStationId, asTopicId, randomId } from "../../../fixtures/ids.ts";
import { openTestPull } from "../../../fixtures/pull.ts";
import { emptyFolder } from "../../../fixtures/station-folder.ts";

const NOW = Date.UTC(2026, 10, 23, 1);
const YEAR = 365 * 24 * 3_600_000;
const SEED = Number(process.env.PAIHAO_SEED ?? 20_261_123);

const first = makeSigningKey();
const next = makeSigningKey();
const stranger = makeSigningKey();
const PINNED = [first.publicKey, next.publicKey];

function sign(kind: DocumentKind, version: number, body: unknown, key = first, issuedAt = NOW): SignedDocument {
	const expiresAt = issuedAt + DOCUMENT_LIFE_MS;
	return key.sign(JSON.stringify({ format: 1, kind, version, issuedAt, expiresAt, body }));
}

const verify = (document: SignedDocument, now = NOW, held = 1) => {
	const verification = verifyDocument(document, { kind: "catalogue", signers: PINNED, held, now });
	return verification.kind === "valid" ? "valid" : verification.code;
};

test("a document is taken only where a pinned key signed these very bytes, newer than what is held and in its time", () => {
	const good = sign("catalogue", 2, {});
	expect(verify(good)).toBe("valid");
	expect(verify(sign("catalogue", 2, {}, next))).toBe("valid");
	expect(verify(sign("catalogue", 2, {}, stranger))).toBe("DOCUMENT_SIGNER_UNKNOWN");
	expect(verify({ ...sign("catalogue", 2, {}, stranger), signer: good.signer })).toBe("DOCUMENT_SIGNATURE_INVALID");
	expect(verify({ ...good, text: good.text.replace('"version":2', '"version":9') })).toBe("DOCUMENT_SIGNATURE_INVALID");
	expect(verify({ ...good, signature: "" })).toBe("DOCUMENT_SIGNATURE_INVALID");
	expect(verify(sign("configuration", 2, {}))).toBe("DOCUMENT_INVALID");
	expect(verify(first.sign("no JSON"))).toBe("DOCUMENT_INVALID");
	expect(verify(good, NOW, 2)).toBe("DOCUMENT_OUTDATED");
	expect(verify(good, NOW + YEAR)).toBe("DOCUMENT_EXPIRED");
	expect(verify(good, NOW + YEAR - 1)).toBe("valid");
});

test("whatever single character of a signed text is changed, it is refused", () => {
	const good = sign("catalogue", 2, { "services.json": [] });
	fc.assert(
		fc.property(fc.nat(good.text.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, put) => {
			const text = good.text.slice(0, at) + put + good.text.slice(at + 1);
			expect(verify({ ...good, text })).toBe(text === good.text ? "valid" : "DOCUMENT_SIGNATURE_INVALID");
		}),
		{ seed: SEED, numRuns: 60 },
	);
});

/** A station's taking side and the server as it answers. */
function open(options: Parameters<typeof openTestPull>[2] = {}, folder = emptyFolder(), known = ["another"]) {
	const clock = { now: NOW };
	const opened = openTestPull(folder, clock, options, known);
	onTestFinished(opened.close);
	const as = { server: "https://server.example", station: randomId<StationId>(), privateKey: "", signers: PINNED };
	const server = { time: NOW, documents: new Map<DocumentKind, SignedDocument>(), commands: [] as Command[] };
	const fetched: DocumentKind[] = [];
	const calls: PullCalls = {
		poll: async (after) => ({
			time: server.time,
			documents: [...server.documents].map(([kind, { text }]) => ({ kind, version: versionOf(text) })),
			commands: server.commands.filter(({ number }) => number > after),
		}),
		document: async (kind) => {
			fetched.push(kind);
			return server.documents.get(kind) as SignedDocument;
		},
		network: async () => ({ time: server.time, since: null, sites: [], gone: [] }),
		hints: () => Promise.reject(new Error("no hints here")),
	};
	const round = () => opened.pull.round(as, calls);
	return { ...opened, folder, clock, as, server, fetched, calls, round };
}

const versionOf = (text: string) => Number(/"version":(\d+)/.exec(text)?.[1]);
const CATALOGUE = { "services.json": [{ id: "a-topic" }] };

test("what is refused is counted, logged and not written; the station goes on with what it has", async () => {
	const { server, round, pull, as, refused, documents, events, fetched } = open();
	server.documents.set("catalogue", sign("catalogue", 3, CATALOGUE));
	await round();
	expect(documents.version(asStationId(as.station), "catalogue")).toBe(3);
	const before = events();
	expect(before.at(-1)).toMatchObject({ type: "document.applied", data: { kind: "catalogue", version: 3 } });

	server.documents.set("catalogue", sign("catalogue", 4, CATALOGUE, stranger));
	await round();
	await round();
	server.documents.set("catalogue", sign("catalogue", 5, {}));
	await round();
	server.documents.set("catalogue", sign("catalogue", 6, CATALOGUE, first, NOW - YEAR));
	await round();
	server.documents.set("catalogue", sign("catalogue", 2, CATALOGUE));
	await round();
	expect(refused).toEqual(["DOCUMENT_SIGNER_UNKNOWN", "DOCUMENT_UNUSABLE", "DOCUMENT_EXPIRED", "DOCUMENT_OUTDATED"]);
	// What was refused, or is older, is not fetched again.
	expect(fetched).toHaveLength(4);
	expect(pull.health(as)).toMatchObject({
		catalogue: 3,
		refused: { DOCUMENT_SIGNER_UNKNOWN: 1, DOCUMENT_UNUSABLE: 1, DOCUMENT_EXPIRED: 1, DOCUMENT_OUTDATED: 1 },
	});
	expect(events()).toEqual(before);
});

test("keys are put in the place of others by a document, and the old one signs nothing from then on", async () => {
	const { server, round, documents, as, refused } = open();
	const third = makeSigningKey();
	server.documents.set("signers", sign("signers", 1, { keys: [next.publicKey, third.publicKey] }));
	server.documents.set("catalogue", sign("catalogue", 1, CATALOGUE, third));
	await round();
	expect(documents.version(asStationId(as.station), "catalogue")).toBe(1);
	server.documents.set("catalogue", sign("catalogue", 2, CATALOGUE, first));
	await round();
	expect(refused).toEqual(["DOCUMENT_SIGNER_UNKNOWN"]);
});

test("a clock a year off is told once, and a document that only looks expired is not lost", async () => {
	const { server, round, clock, refused, documents, as } = open();
	clock.now = NOW + 2 * YEAR;
	server.documents.set("catalogue", sign("catalogue", 1, CATALOGUE));
	await round();
	await round();
	expect(refused).toEqual(["CLOCK_WRONG", "DOCUMENT_EXPIRED"]);
	// The clock is set right: the very same document is taken.
	clock.now = NOW;
	await round();
	expect(documents.version(asStationId(as.station), "catalogue")).toBe(1);
});

test("an instance that does not know the newest yet loses nothing: it is asked for again", async () => {
	const { server, round, calls, documents, as } = open();
	server.documents.set("catalogue", sign("catalogue", 4, CATALOGUE));
	await round();
	server.documents.set("catalogue", sign("catalogue", 5, CATALOGUE));
	const { document } = calls;
	calls.document = async () => sign("catalogue", 4, CATALOGUE);
	await round();
	expect(documents.version(asStationId(as.station), "catalogue")).toBe(4);
	calls.document = document;
	await round();
	expect(documents.version(asStationId(as.station), "catalogue")).toBe(5);
});

test("enrolled again, the keys of then count, whatever was rotated before; a rotation after it counts again", async () => {
	const { server, round, pull, calls, documents, as, refused } = open();
	const [third, fourth, fifth] = [makeSigningKey(), makeSigningKey(), makeSigningKey()];
	server.documents.set("signers", sign("signers", 1, { keys: [next.publicKey, third.publicKey] }));
	await round();
	// While this station was away the keys went on twice, and none that it knows is left.
	server.documents.set("signers", sign("signers", 3, { keys: [fourth.publicKey, fifth.publicKey] }, fourth));
	server.documents.set("catalogue", sign("catalogue", 2, CATALOGUE, fourth));
	await round();
	expect([refused, documents.version(asStationId(as.station), "catalogue")]).toEqual([
		["DOCUMENT_SIGNER_UNKNOWN", "DOCUMENT_SIGNER_UNKNOWN"],
		0,
	]);
	const anew = { ...as, signers: [fourth.publicKey, fifth.publicKey], signersVersion: 3 };
	// The very document that was refused fits now.
	await pull.round(anew, calls);
	expect(documents.version(asStationId(as.station), "catalogue")).toBe(2);
	server.documents.set("signers", sign("signers", 4, { keys: [fifth.publicKey, first.publicKey] }, fifth));
	server.documents.set("catalogue", sign("catalogue", 4, CATALOGUE, first));
	await pull.round(anew, calls);
	expect(documents.version(asStationId(as.station), "catalogue")).toBe(4);
});

test("what is in force and cannot be read, as of another version of the program, keeps nobody from starting", async () => {
	const { server, round, database, documents, as } = open();
	server.documents.set("configuration", sign("configuration", 1, {}));
	await round();
	database.$client.exec(`update pulled_document set text = '{"format":9}'`);
	expect(documents.read(asStationId(as.station), "configuration")).toBeUndefined();
});

test("a command that this program does not know is refused by its name, and what follows it is carried out", async () => {
	const { server, round, events, changed } = open();
	const tea = { ...command(1, close(asTopicId("x"))), action: { kind: "pour-tea", cups: 2 } };
	const parsed = pollAnswerSchema.parse({
		time: NOW,
		documents: [{ kind: "tea", version: 1 }],
		commands: [tea, command(2, close(asTopicId("one")))],
	});
	server.commands = parsed.commands as Command[];
	await round();
	expect(events().map(({ data }) => [data.kind, data.outcome, data.reason])).toEqual([
		["pour-tea", "refused", "COMMAND_UNKNOWN"],
		["set-topic", "done", undefined],
	]);
	expect(changed).toEqual([close(asTopicId("one"))]);
});

test("a response without an end is read up to the limit", async () => {
	let pushed = 0;
	const endless = new ReadableStream({
		pull(controller) {
			pushed += 1;
			controller.enqueue(new Uint8Array(100_000));
		},
	});
	await expect(readJsonBody(new Response(endless))).rejects.toBeInstanceOf(BodyTooLarge);
	expect(pushed).toBeLessThan(200);
	expect(await readJsonBody(Response.json({ fine: "是" }))).toEqual({ fine: "是" });
});

const command = (number: number, action: Command["action"]): Command => ({
	number,
	previousNumber: number - 1,
	action,
	expiresAt: NOW + 1_000,
});
const close = (topic: TopicId): Command["action"] => ({ kind: "set-topic", topic: asTopicId(topic), open: false });

test("commands are carried out once, in their order, however often they come", async () => {
	const { commands, changed, events, as } = open();
	const at = { station: as.station, before: 0, now: NOW, serverNow: NOW };
	commands.execute([command(1, close(asTopicId("one")))], at);
	commands.execute([command(1, close(asTopicId("one"))), command(2, close(asTopicId("two")))], at);
	expect(() => commands.execute([command(4, close(asTopicId("four")))], at)).toThrow("command 3 is missing");
	expect(changed).toEqual([close(asTopicId("one")), close(asTopicId("two"))]);
	expect(events().map(({ data }) => [data.number, data.outcome])).toEqual([
		[1, "done"],
		[2, "done"],
	]);
	commands.execute([command(3, close(asTopicId("late")))], { ...at, serverNow: NOW + 1_000 });
	expect(events().at(-1)?.data).toMatchObject({ number: 3, outcome: "refused", reason: "COMMAND_EXPIRED" });
	expect(changed).toHaveLength(2);
	expect(commands.last({ station: asStationId(as.station), before: 9 })).toBe(9);
});

test("a command that later ones have overtaken is not carried out, and said to be so once", () => {
	const { commands, changed, events, as } = open();
	const at = { station: as.station, before: 2, now: NOW, serverNow: NOW };
	const seven = { ...command(7, close(asTopicId("seven"))), previousNumber: 0 };
	commands.execute([seven], at);
	const earlier = [command(2, close(asTopicId("two"))), command(5, close(asTopicId("five"))), seven];
	commands.execute([command(8, close(asTopicId("eight"))), ...earlier], at);
	commands.execute(earlier, at);
	expect(changed).toEqual([close(asTopicId("seven")), close(asTopicId("eight"))]);
	expect(events().map(({ data }) => [data.number, data.outcome, data.reason])).toEqual([
		[7, "done", undefined],
		[8, "done", undefined],
		// Given before this device's time.
		[2, "interrupted", undefined],
		[5, "refused", "COMMAND_OVERTAKEN"],
	]);
	expect(commands.last(at)).toBe(8);
});

test("effect, event and cursor are one: a crash between them leaves none, and the command comes again", () => {
	let crash = true;
	const { commands, database, events, as } = open({
		change() {
			database.$client.prepare("insert into topic_setting (topic, open) values ('one', 0)").run();
			if (crash) throw new Error("the power is gone");
		},
	});
	const at = { station: as.station, before: 0, now: NOW, serverNow: NOW };
	const settings = () => database.$client.prepare("select topic from topic_setting").all();
	expect(() => commands.execute([command(1, close(asTopicId("one")))], at)).toThrow("the power is gone");
	expect([settings(), events(), commands.last({ station: as.station, before: 0 })]).toEqual([[], [], 0]);
	crash = false;
	commands.execute([command(1, close(asTopicId("one")))], at);
	commands.execute([command(1, close(asTopicId("one")))], at);
	expect([settings(), events().length]).toEqual([[{ topic: "one" }], 1]);
});

test("a refusal changes nothing and says its code", () => {
	const { commands, database, events, as } = open({
		change() {
			database.$client.prepare("insert into topic_setting (topic, open) values ('one', 0)").run();
			throw new Refusal("TOPIC_UNKNOWN", { topic: "one" });
		},
	});
	commands.execute([command(1, close(asTopicId("one")))], { station: as.station, before: 0, now: NOW, serverNow: NOW });
	expect(database.$client.prepare("select * from topic_setting").all()).toEqual([]);
	expect(events()[0]?.data).toMatchObject({ outcome: "refused", reason: "TOPIC_UNKNOWN" });
});

test("paper and restarts are begun at most once: what a crash cut off is told at the next start", async () => {
	const folder = emptyFolder();
	const clock = { now: NOW };
	const printed = vi.fn(() => new Promise<void>(() => {}));
	const restart = vi.fn();
	const at = { station: randomId<StationId>(), before: 0, now: NOW, serverNow: NOW };
	const pushed = [
		command(1, { kind: "print-test" }),
		command(2, { kind: "restart" }),
		command(3, { kind: "set-topic", topic: asTopicId("after"), open: true }),
	];
	const before = openTestPull(folder, clock, { printTest: printed, restart });
	before.commands.execute(pushed, at);
	before.close();
	expect(before.changed).toEqual([]);

	const after = openTestPull(folder, clock, { printTest: printed, restart });
	onTestFinished(after.close);
	after.commands.settle(at.station, NOW);
	after.commands.settle(at.station, NOW);
	after.commands.execute(pushed, at);
	expect([printed.mock.calls.length, restart.mock.calls.length, after.changed.length]).toEqual([1, 1, 1]);
	expect(after.database.select().from(executedCommand).all()).toMatchObject([
		{ number: 1, outcome: "interrupted" },
		{ number: 2, outcome: "done" },
		{ number: 3, outcome: "done" },
	]);
});

test("where nothing can start the program anew, a restart is refused, and what follows is carried out", () => {
	const { commands, events, changed, as } = open({ restart: undefined });
	const at = { station: as.station, before: 0, now: NOW, serverNow: NOW };
	commands.execute([command(1, { kind: "restart" }), command(2, close(asTopicId("one")))], at);
	expect(events().map(({ data }) => [data.outcome, data.reason])).toEqual([
		["refused", "RESTART_IMPOSSIBLE"],
		["done", undefined],
	]);
	expect(changed).toEqual([close(asTopicId("one"))]);
});

const other = (site: SiteId, change: Partial<SiteView> = {}): SiteView => ({
	site: asSiteId(site),
	topics: [asTopicId("a-topic")],
	waitMinutes: { min: 5, max: 10 },
	waiting: 3,
	open: true,
	knownAt: NOW - 20_000,
	...change,
});

test("what the others offer is kept with its age by the station's own clock", async () => {
	const { round, calls, clock, sites } = open();
	clock.now = NOW + 60_000;
	const asked: (number | null)[] = [];
	calls.network = async (since) => {
		asked.push(since);
		return { time: NOW, since, sites: [other(asSiteId("another"), { knownAt: NOW - SEEN_RECENTLY_MS - 1 })], gone: [] };
	};
	await round();
	expect(sites.read()).toEqual([other(asSiteId("another"), { knownAt: clock.now - SEEN_RECENTLY_MS - 1 })]);
	calls.network = () => Promise.reject(new Error("gone"));
	clock.now += 59_999;
	await round();
	clock.now += 1;
	await expect(round()).rejects.toThrow("gone");
	expect(sites.read()).toHaveLength(1);
	expect(asked).toEqual([null]);
});

test("a site that is heard grows no older while its row stays as it is; only what changed is written", async () => {
	const folder = emptyFolder();
	const known = Array.from({ length: 500 }, (_, index) => `site-${index}`);
	const { sites, database } = open({}, folder, known);
	const at = (now: number) => ({ now, known: new Set(known) });
	const all = known.map((site) => other(asSiteId(site)));
	await sites.save(
		{ time: NOW, since: null, sites: [...all, other(asSiteId("not-in-the-catalogue"))], gone: [] },
		at(NOW),
	);
	expect(sites.read()).toHaveLength(500);
	const written = () => (database.$client.prepare("select total_changes() as rows").get() as { rows: number }).rows;

	const before = written();
	const later = NOW + 60_000;
	const busy = other(asSiteId("site-7"), { waiting: 9, knownAt: later - 1_000 });
	const silent = other(asSiteId("site-8"), { knownAt: NOW - 40_000 });
	await sites.save({ time: later, since: NOW, sites: [busy, silent], gone: [asSiteId("site-9")] }, at(later));
	// Two rows, one that goes, and the moment of the answer.
	expect(written() - before).toBe(4);
	const read = new Map(sites.read().map((view) => [view.site, view]));
	expect(read.get(asSiteId("site-7"))).toEqual({ ...busy, knownAt: later });
	expect(read.get(asSiteId("site-8"))?.knownAt).toBe(NOW - 40_000);
	expect(read.get(asSiteId("site-6"))?.knownAt).toBe(later);
	expect(read.has(asSiteId("site-9"))).toBe(false);

	// The same again in whole: nothing but the moment is written, and a start anew reads the same.
	const again = written();
	await sites.save({ time: later, since: null, sites: [...read.values()], gone: [] }, at(later));
	expect(written() - again).toBe(1);
	const reopened = openNetworkSites(database);
	expect(reopened.read()).toEqual(sites.read());
	await sites.save({ time: later, since: later, sites: [], gone: [] }, { now: later, known: new Set(["site-1"]) });
	expect(sites.read().map(({ site }) => site)).toEqual(["site-1"]);
});

test("after the first answer only changes are asked for; all of it again with another catalogue or server", async () => {
	const { round, calls, clock, server, as } = open();
	const asked: (number | null)[] = [];
	calls.network = async (since) => {
		asked.push(since);
		return { time: clock.now, since, sites: [], gone: [] };
	};
	const minuteLater = async () => {
		await round();
		clock.now += 60_000;
		server.time += 60_000;
	};
	await minuteLater();
	await minuteLater();
	server.documents.set("catalogue", sign("catalogue", 1, CATALOGUE));
	await minuteLater();
	await minuteLater();
	as.station = randomId();
	await minuteLater();
	expect(asked).toEqual([null, NOW, null, NOW + 120_000, null]);
});

test("hints are read however the network cuts them, and what is none is passed over", async () => {
	const text = 'event: x\ndata: {"within":250}\n\n:\n\ndata: nonsense\n\ndata: {"within":0}\n\n';
	for (const size of [1, 7, text.length]) {
		async function* pieces() {
			for (let at = 0; at < text.length; at += size) yield new TextEncoder().encode(text.slice(at, at + size));
		}
		const heard: number[] = [];
		for await (const within of readHints(pieces())) heard.push(within);
		expect(heard).toEqual([250, 0]);
	}
});
