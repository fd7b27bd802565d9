import { expect, test } from "vitest";
import { staff } from "../../../../db/station/schema/staff.ts";
import { seededRandom } from "../../../../lib/seeded-random.ts";
import type { TopicId } from "../../../../protocol/model/ids.ts";
import { STAFF_ROLES, TICKET_AT_HAND } from "../../../../protocol/model/staff.ts";
import { verifyStation } from "../../../../station/events/verify.ts";
import { Refusal } from "../../../../station/refusal.ts";
import { asCounter, asTopicId, randomId } from "../../../fixtures/ids.ts";
import { MONDAY_NINE, openTestTicketService, request } from "../../../fixtures/ticket-service.ts";

const MINUTE = 60_000;
const COUNTERS = ["1", "2", "3", "4"].map(asCounter);
const TOPICS = ["work-permit", "housing", "education", "tax-basics"].map(asTopicId);
const DAYS = Number(process.env.PAIHAO_TEST_STRANDED_DAYS ?? 1);
const STEPS = 160;
const SEED = Number(process.env.PAIHAO_SEED ?? 20261130);

/** Days in which staff come, go, take breaks, change counters and settings at random. */
test(
	`${DAYS} random days (seed ${SEED}): no ticket that nobody could call goes unsaid, no open call is off the board, and "next" calls what the desk shows`,
	() => {
		const random = seededRandom(SEED);
		const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
		const chance = (of: number) => random() < of;
		for (let day = 0; day < DAYS; day += 1) {
			const { tickets, sessions, settings, database, close } = openTestTicketService(undefined, { bySessions: true });
			const people = STAFF_ROLES.map((role) => ({ id: randomId(), name: `${role} ${day}`, role }));
			for (const one of [...people, { id: randomId(), name: "another", role: "agent" as const }])
				database
					.insert(staff)
					.values({ ...one, id: randomId(), pinSalt: Buffer.alloc(1), pinHash: Buffer.alloc(1) })
					.run();
			const accounts = database.select().from(staff).all();
			let now = MONDAY_NINE + day * 24 * 60 * MINUTE;

			const act = () => {
				const counter = pick(COUNTERS);
				const session = sessions.list(now).find((one) => one.counter === counter);
				const somebody = pick(accounts).id;
				const at = { now, by: session?.staffId ?? somebody };
				const entry = pick(tickets.queue(now));
				const what = random();
				if (what < 0.3)
					tickets.issue(
						{
							...request(undefined, pick(TOPICS)),
							...(chance(0.2) && { nextTopics: [asTopicId("culture")] }),
						},
						now,
					);
				else if (what < 0.4) {
					for (const own of sessions.list(now).filter((one) => one.staffId === somebody && one.counter !== counter))
						tickets.leaveCounter(own.counter, pick(TICKET_AT_HAND), at);
					sessions.open(somebody, { counter, takeOver: chance(0.5), now });
				} else if (what < 0.45 && session) {
					tickets.leaveCounter(counter, pick(TICKET_AT_HAND), at);
					sessions.close(session, now);
				} else if (what < 0.5 && session) sessions.pause(session, chance(0.5) ? { reason: "lunch" } : null, now);
				else if (what < 0.54)
					settings.setCounter(
						counter,
						{ topics: chance(0.3) ? null : TOPICS.filter(() => chance(0.5)), languages: chance(0.3) ? ["en"] : [] },
						{ now },
					);
				else if (what < 0.75 && session) {
					const shown = tickets.nextFor(counter, now);
					const called = tickets.callNext(counter, at);
					expect(called?.id ?? null).toBe(shown);
				} else if (what < 0.8 && session) tickets.actAtCounter(counter, { kind: "start" }, {}, at);
				else if (what < 0.86 && session) tickets.finish(counter, "answered", {}, at);
				else if (what < 0.9 && session) tickets.actAtCounter(counter, { kind: "no-show" }, {}, at);
				else if (what < 0.91) tickets.clearQueue("closed", at);
				else if (what < 0.93) tickets.restoreCleared(at);
				else if (entry) {
					const topic: TopicId = pick(TOPICS);
					tickets.actOn(
						entry.id,
						() =>
							pick([
								{ kind: "transfer", topic, reservedFor: chance(0.5) ? counter : null } as const,
								{ kind: "park" } as const,
								{ kind: "return" } as const,
								{ kind: "undo" } as const,
							]),
						{},
						at,
					);
				}
			};

			for (let step = 0; step < STEPS; step += 1) {
				now += Math.floor(random() * 2 * MINUTE);
				try {
					act();
				} catch (error) {
					if (!(error instanceof Refusal)) throw error;
				}
				// What each staffed counter would do with each ticket, by the settings alone.
				const staffed = sessions.list(now);
				const open = tickets.queue(now).filter(({ state }) => state === "called" || state === "serving");
				expect(tickets.board(now).calls.map(({ number }) => number)).toEqual(
					expect.arrayContaining(open.map(({ number }) => number)),
				);
				for (const entry of tickets.queue(now)) {
					const mayCall = staffed.filter(({ counter }) => {
						const { topics } = settings.counter(counter);
						return (
							(entry.reservedFor === null || entry.reservedFor === counter) &&
							(topics === null || topics.includes(entry.topic))
						);
					});
					if (entry.state === "waiting") {
						expect(entry.reservedFor === null || mayCall.length > 0).toBe(true);
						const isCallable = mayCall.some(({ pausedAt }) => pausedAt === null);
						expect(entry.stranded === null).toBe(isCallable);
					}
					if (entry.state === "called" || entry.state === "serving")
						expect(entry.stranded === null).toBe(staffed.some(({ counter }) => counter === entry.counter));
				}
			}
			expect(verifyStation(database)).toMatchObject({ kind: "agrees" });
			close();
		}
	},
	30_000 * Math.max(1, DAYS / 2),
);
