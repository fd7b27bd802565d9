import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LANGUAGES, type Language } from "../../../../protocol/model/language.ts";
import { TICKET_CLASSES } from "../../../../protocol/model/ticket.ts";
import {
	behindOf,
	type CounterSkills,
	chooseNext,
	DEFAULT_QUEUE_RULES,
	orderLine,
	placeBehind,
	type Queued,
	queuePositionOf,
} from "../../../../station/tickets/queue-order.ts";
import { asCounter, asTopicId } from "../../../fixtures/ids.ts";

const MINUTE = 60_000;
const rules = DEFAULT_QUEUE_RULES;
const ANY_SKILLS: CounterSkills = { topics: undefined, languages: new Set() };

interface Visitor extends Queued {
	arrivedAt: number;
}

/** A line of people who came one after another. */
/** Who gives way, one after the other, and to how many. */
const giveWays = fc.array(fc.tuple(fc.nat(29), fc.integer({ min: 1, max: 5 })), { minLength: 1, maxLength: 8 });
const line: fc.Arbitrary<Visitor[]> = fc
	.array(
		fc.record({
			gap: fc.integer({ min: 0, max: 10 * MINUTE }),
			class: fc.constantFrom(...TICKET_CLASSES),
			topic: fc.constantFrom("housing", "work-permit").map(asTopicId),
			language: fc.constantFrom<Language>("en", "ja", "ar"),
			reservedFor: fc.constantFrom(null, null, asCounter("1"), asCounter("2")),
			notBefore: fc.constantFrom(null, null, 90 * MINUTE),
		}),
		{ maxLength: 30 },
	)
	.map((people) => {
		let now = 0;
		return people.map(({ gap, ...person }, index) => {
			now += gap;
			return {
				...person,
				arrivedAt: now,
				issuedSeq: index + 1,
				behind: null,
				queuePosition: queuePositionOf(person.class, now, rules),
			};
		});
	});

const skills: fc.Arbitrary<CounterSkills> = fc.record({
	topics: fc.constantFrom(undefined, new Set(["housing"])),
	languages: fc.constantFrom<ReadonlySet<Language>>(new Set(), new Set(["ja"]), new Set(["en", "ar"])),
});

describe("the next ticket", () => {
	test("keeps the order of arrival within a class, and leaves out no ticket", () => {
		fc.assert(
			fc.property(line, (waiting) => {
				const ordered = orderLine(waiting);
				expect(ordered.toSorted((one, other) => one.issuedSeq - other.issuedSeq)).toEqual(waiting);
				for (const one of TICKET_CLASSES) {
					const places = ordered.filter((ticket) => ticket.class === one).map(({ issuedSeq }) => issuedSeq);
					expect(places).toEqual(places.toSorted((left, right) => left - right));
				}
			}),
		);
	});

	test("is one that the counter may call, whenever there is one", () => {
		fc.assert(
			fc.property(line, skills, fc.integer({ min: 0, max: 180 * MINUTE }), (waiting, skills, now) => {
				const callable = waiting.filter(
					(ticket) =>
						(ticket.notBefore === null || ticket.notBefore <= now) &&
						(ticket.reservedFor === null || ticket.reservedFor === "1") &&
						(skills.topics === undefined || skills.topics.has(ticket.topic)),
				);
				const next = chooseNext(waiting, { counter: asCounter("1"), skills, rules, now });
				expect(next === undefined).toBe(callable.length === 0);
				if (next) expect(callable).toContain(next);
			}),
		);
	});

	test("never passes a visitor beyond the caps", () => {
		fc.assert(
			fc.property(line, skills, (waiting, skills) => {
				const everybody = waiting.map((ticket) => ({ ...ticket, notBefore: null, reservedFor: null }));
				const next = chooseNext(everybody, { counter: asCounter("1"), skills, rules, now: 0 });
				for (const passed of everybody.filter((ticket) => next && ticket.issuedSeq < next.issuedSeq)) {
					if (skills.topics !== undefined && !skills.topics.has(passed.topic)) continue;
					const later = (next?.arrivedAt ?? 0) - passed.arrivedAt;
					expect(later).toBeLessThanOrEqual(rules.priorityLeadMs + rules.languageReachMs);
				}
			}),
		);
	});

	test("a visitor who gives way comes behind exactly that many of the same class", () => {
		fc.assert(
			fc.property(line, giveWays, (all, turns) => {
				let waiting: Queued[] = all;
				for (const [index, people] of turns) {
					const own = waiting[index % waiting.length];
					if (own === undefined) return;
					const before = orderLine(waiting).filter((ticket) => ticket.class === own.class);
					const other = behindOf(waiting, own, people);
					const after = before.slice(before.indexOf(own) + 1);
					expect(other).toBe(after[Math.min(people, after.length) - 1]);
					if (!other) continue;
					const moved = {
						...own,
						behind: placeBehind(
							other,
							waiting.flatMap(({ behind }) => behind ?? []),
						),
						queuePosition: Math.max(own.queuePosition, other.queuePosition),
					};
					waiting = waiting.map((ticket) => (ticket === own ? moved : ticket));
					const ordered = orderLine(waiting);
					const place = ordered.filter((ticket) => ticket.class === own.class).indexOf(moved);
					expect(place).toBe(before.indexOf(own) + Math.min(people, after.length));
				}
			}),
		);
	});

	test("prefers a language spoken at the counter, within the reach only", () => {
		const visitor = (issuedSeq: number, minute: number, language: Language): Queued => ({
			issuedSeq,
			behind: null,
			class: "ordinary",
			queuePosition: minute * MINUTE,
			notBefore: null,
			topic: asTopicId("housing"),
			language,
			reservedFor: null,
		});
		const japanese: CounterSkills = { topics: undefined, languages: new Set(["ja"]) };
		const near = [visitor(1, 0, "en"), visitor(2, 5, "ja")];
		const far = [visitor(1, 0, "en"), visitor(2, 6, "ja")];
		const next = (waiting: Queued[], skills: CounterSkills) =>
			chooseNext(waiting, { counter: asCounter("1"), skills, rules, now: 0 })?.issuedSeq;
		expect([next(near, japanese), next(far, japanese), next(near, ANY_SKILLS)]).toEqual([2, 1, 1]);
	});
});

/*
 * Days of a centre as they might be: people come at random for eight hours, four counters, a service
 * of ten minutes on average, one in eight with priority, counters that speak some languages.
 */
interface Served {
	visitor: Visitor;
	calledAt: number;
	/** The later arrivals that were called before. */
	passedBy: Visitor[];
}

function simulateDay(random: () => number, fair: typeof chooseNext): Served[] {
	const people: Visitor[] = [];
	for (let now = 0; now < 8 * 60 * MINUTE; now += exponential(random, 2.6 * MINUTE)) {
		const ticketClass = random() < 1 / 8 ? "priority" : "ordinary";
		people.push({
			arrivedAt: now,
			issuedSeq: people.length + 1,
			behind: null,
			class: ticketClass,
			queuePosition: queuePositionOf(ticketClass, now, rules),
			topic: asTopicId(random() < 0.3 ? "housing" : "work-permit"),
			language: LANGUAGES[Math.floor(random() * LANGUAGES.length)] ?? "en",
			notBefore: null,
			reservedFor: null,
		});
	}
	const counters = [
		{ counter: asCounter("1"), freeAt: 0, skills: { topics: undefined, languages: new Set<Language>(["en", "ja"]) } },
		{ counter: asCounter("2"), freeAt: 0, skills: { topics: undefined, languages: new Set<Language>(["ko", "ru"]) } },
		{ counter: asCounter("3"), freeAt: 0, skills: { topics: undefined, languages: new Set<Language>() } },
		{
			counter: asCounter("4"),
			freeAt: 0,
			skills: { topics: new Set([asTopicId("work-permit")]), languages: new Set<Language>() },
		},
	];
	const served: Omit<Served, "passedBy">[] = [];
	const passedBy = new Map<Visitor, Visitor[]>(people.map((visitor) => [visitor, []]));
	let left = people;
	while (left.length > 0) {
		const free = counters.toSorted((one, other) => one.freeAt - other.freeAt);
		const now = Math.max(free[0]?.freeAt ?? 0, left[0]?.arrivedAt ?? 0);
		const here = left.filter(({ arrivedAt }) => arrivedAt <= now);
		const able = free.find((one) => one.freeAt <= now && fair(here, { ...one, rules, now }) !== undefined);
		const next = able && fair(here, { ...able, rules, now });
		if (!able || !next) {
			// Only counters that do not serve these topics are free: the next thing that happens decides.
			const busy = counters.filter(({ freeAt }) => freeAt > now).map(({ freeAt }) => freeAt);
			const coming = left.filter(({ arrivedAt }) => arrivedAt > now).map(({ arrivedAt }) => arrivedAt);
			const event = Math.min(...busy, ...coming);
			for (const one of counters) if (one.freeAt <= now) one.freeAt = event;
			continue;
		}
		able.freeAt = now + exponential(random, 10 * MINUTE);
		left = left.filter((visitor) => visitor !== next);
		served.push({ visitor: next, calledAt: now });
		for (const waiting of here) {
			if (waiting.issuedSeq < next.issuedSeq) passedBy.get(waiting)?.push(next);
		}
	}
	return served.map((one) => ({ ...one, passedBy: passedBy.get(one.visitor) ?? [] }));
}

const exponential = (random: () => number, mean: number) => -Math.log(1 - random()) * mean;

/** Mulberry32: small, and the same on every machine. */
function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

const meanMinutes = (served: Served[]) =>
	served.reduce((sum, { visitor, calledAt }) => sum + calledAt - visitor.arrivedAt, 0) / served.length / MINUTE;

test("thirty simulated days: all are served, none is passed beyond the caps, priority costs the others little", () => {
	const seed = Number(process.env.PAIHAO_SEED ?? 20_261_123);
	const inTurn: typeof chooseNext = (waiting, at) =>
		chooseNext(
			waiting.map((ticket) => ({ ...ticket, class: "ordinary" as const, ticket })),
			{ ...at, skills: { ...at.skills, languages: new Set() } },
		)?.ticket;
	const days = Array.from({ length: 30 }, (_, day) => ({
		fair: simulateDay(seeded(seed + day), chooseNext),
		inTurn: simulateDay(seeded(seed + day), inTurn),
	}));
	const fair = days.flatMap((day) => day.fair);
	const plain = days.flatMap((day) => day.inTurn);
	expect(fair.length).toBe(plain.length);
	for (const { visitor, passedBy } of fair) {
		const fromSameTopics = passedBy.filter(({ topic }) => topic === visitor.topic);
		for (const other of fromSameTopics)
			expect(other.arrivedAt - visitor.arrivedAt).toBeLessThanOrEqual(rules.priorityLeadMs + rules.languageReachMs);
	}
	const of = (served: Served[], one: Visitor["class"]) => served.filter(({ visitor }) => visitor.class === one);
	const gain = meanMinutes(of(plain, "priority")) - meanMinutes(of(fair, "priority"));
	const cost = meanMinutes(of(fair, "ordinary")) - meanMinutes(of(plain, "ordinary"));
	console.log(
		`seed ${seed} (PAIHAO_SEED repeats it): ${fair.length} visitors in 30 days; priority waits ${gain.toFixed(1)} min less, the others ${cost.toFixed(1)} min more`,
	);
	expect(gain).toBeGreaterThan(0);
	expect(cost).toBeLessThan(gain);
});
