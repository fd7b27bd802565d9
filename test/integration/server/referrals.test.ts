import { generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { station } from "../../../db/server/schema/stations.ts";
import type { Change } from "../../../protocol/events/event.ts";
import type { PrintJobId, SiteId, StationId, TicketId, VisitId } from "../../../protocol/model/ids.ts";
import { COMMAND_PROJECTION } from "../../../server/commands/command-projection.ts";
import { openCommands } from "../../../server/commands/commands.ts";
import { readReferral } from "../../../server/commands/referrals.ts";
import { openEnrolment } from "../../../server/fleet/enrolment.ts";
import { openPostgresEventStore } from "../../../server/ingest/postgres-event-store.ts";
import { redactOldEvents } from "../../../server/retention/retention.ts";
import { firstHead } from "../../../station/events/hash-chain.ts";
import { asCounter, asSiteId, asStationId, asTopicId, randomId } from "../../fixtures/ids.ts";
import { openTestDatabase } from "../../fixtures/server-database.ts";
import { makeEvents, makeHello } from "../../fixtures/sync-events.ts";

const NOW = Date.UTC(2026, 10, 23, 1);

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
	opened = await openTestDatabase();
});
afterAll(() => opened?.close());

/** A station that is enrolled at a site, and gives what is written there. */
async function stationAt(site: SiteId, enrolledAt = NOW) {
	const id = randomId<StationId>();
	const publicKey = generateKeyPairSync("ed25519")
		.publicKey.export({ format: "der", type: "spki" })
		.toString("base64url");
	await opened.database.insert(station).values({ id, site, publicKey, enrolledAt });
	const store = openPostgresEventStore(opened.database, COMMAND_PROJECTION);
	let head = firstHead(randomId());
	await store.handshake(id, makeHello(head.stream), NOW);
	return {
		id,
		async push(change: Change) {
			const { batch, events, head: next } = makeEvents(1, head, NOW, () => change);
			const checked = events.map((one) => ({ ...one, at: NOW, standsFor: null }));
			await store.append({ ...batch, station: id, events: checked, receivedAt: NOW });
			head = next;
		},
		commands: () => openCommands(opened.database).after(id, 0, NOW),
	};
}

function sentOn(ticket: TicketId, site: SiteId): Change {
	const visitor = { arrivedAt: NOW, language: "ja", partySize: 2 } as const;
	const data = { ticket, version: 2, site, topic: asTopicId("visa"), codeDigest: "a".repeat(64), visitor };
	return { type: "ticket.referred", data };
}

test("a referral is followed from the first leg to the second, as far as both have told; when it is old, no more", async () => {
	const { database } = opened;
	const [here, there] = [await stationAt(asSiteId("site-a")), await stationAt(asSiteId("site-b"))];
	const [ticket, visit, second] = [randomId<TicketId>(), randomId<VisitId>(), randomId<TicketId>()];
	const read = () => readReferral(database, { station: here.id, ticket: ticket });
	expect(await read()).toBeUndefined();
	await here.push(sentOn(randomId(), asSiteId("site-b")));
	await here.push(sentOn(ticket, asSiteId("site-b")));
	const first = { station: here.id, site: "site-a", ticket, at: NOW };
	const whole = { first, site: "site-b", topic: "visa" };
	expect(await read()).toEqual({ ...whole, second: { kind: "sent", station: there.id, outcome: null } });
	const number = (await there.commands()).at(-1)?.number ?? 0;
	await there.push({ type: "command.settled", data: { number, kind: "expect-visitor", outcome: "done" } });
	expect(await read()).toEqual({ ...whole, second: { kind: "sent", station: there.id, outcome: "done" } });
	const expected = {
		kind: "referral",
		serviceDay: "2026-11-23",
		at: NOW,
		topic: asTopicId("visa"),
		language: "ja",
	} as const;
	await there.push({
		type: "visit.expected",
		data: { visit, ...expected, partySize: 2, from: { site: asSiteId("site-a"), ticket } },
	});
	expect(await read()).toEqual({ ...whole, second: { kind: "expected", station: there.id, visit } });
	await there.push({
		type: "ticket.issued",
		data: {
			...{ ticket: second, version: 1, number: "B001", series: "B", ordinal: 1, serviceDay: "2026-11-23" },
			...{
				topic: asTopicId("visa"),
				language: "ja",
				partySize: 2,
				class: "ordinary",
				queuePosition: NOW,
				visit,
				job: randomId<PrintJobId>(),
			},
		},
	});
	const arrived = { kind: "arrived", visit, station: there.id, site: "site-b", ticket: second, at: NOW };
	expect(await read()).toEqual({ ...whole, second: arrived });
	await redactOldEvents(database, NOW + 1);
	expect(await read()).toEqual({ ...whole, second: { kind: "redacted" } });
});

test("a station that was shut out is told of nobody: another of its site is, and where there is none, nobody, and it shows", async () => {
	const { database } = opened;
	const [here, old, stolen] = [
		await stationAt(asSiteId("site-c")),
		await stationAt(asSiteId("site-d"), NOW - 1),
		await stationAt(asSiteId("site-d")),
	];
	await openEnrolment(database).revoke(asStationId(stolen.id), NOW);
	const [one, other, third] = [randomId<TicketId>(), randomId<TicketId>(), randomId<TicketId>()];
	await here.push(sentOn(one, asSiteId("site-d")));
	expect(await old.commands()).toMatchObject([{ action: { kind: "expect-visitor", from: { ticket: one } } }]);
	expect(await stolen.commands()).toEqual([]);
	await openEnrolment(database).revoke(old.id, NOW);
	await here.push(sentOn(other, asSiteId("site-d")));
	await here.push(sentOn(third, asSiteId("site-without-a-station")));
	expect([await old.commands(), await stolen.commands()]).toMatchObject([[{ action: { from: { ticket: one } } }], []]);
	for (const ticket of [other, third])
		expect(await readReferral(database, { station: here.id, ticket })).toMatchObject({ second: { kind: "not-sent" } });
});

test("a referral that is undone is withdrawn at the site that expects the visitor; other undoings withdraw nobody", async () => {
	const [here, there] = [await stationAt(asSiteId("site-u")), await stationAt(asSiteId("site-v"))];
	const stranger = await stationAt(asSiteId("site-w"));
	const ticket = randomId<TicketId>();
	const undone = (of: TicketId): Change => ({
		type: "ticket.undone",
		data: {
			...{ ticket: of, version: 3 },
			restored: {
				...{ state: "serving", counter: asCounter("2"), topic: asTopicId("visa"), nextTopics: [], reservedFor: null },
				...{ class: "ordinary", queuePosition: NOW, behind: null, notBefore: null, outcome: null },
			},
		},
	});
	const kindsAt = async () => (await there.commands()).map(({ action }) => action.kind);
	await here.push(sentOn(ticket, asSiteId("site-v")));
	// Neither another ticket's undo nor one of a site that did not refer it.
	await here.push(undone(randomId()));
	await stranger.push(undone(ticket));
	expect(await kindsAt()).toEqual(["expect-visitor"]);
	await here.push(undone(ticket));
	expect((await there.commands()).at(-1)?.action).toEqual({
		kind: "withdraw-visitor",
		from: { site: "site-u", ticket },
	});
	// Undone once; referred again, the visitor is expected again.
	await here.push(undone(ticket));
	await here.push(sentOn(ticket, asSiteId("site-v")));
	expect(await kindsAt()).toEqual(["expect-visitor", "withdraw-visitor", "expect-visitor"]);
});
