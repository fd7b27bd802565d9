import type { StationDatabase } from "../../db/station/open.ts";
import { counterSetting, topicSetting } from "../../db/station/schema/staff.ts";
import { quarterHourOf } from "../../lib/time/quarter-hour.ts";
import type { CounterNumber, StaffId, TopicId } from "../../protocol/model/ids.ts";
import type { CounterSetting, TopicLoad, TopicSetting } from "../../protocol/model/staff.ts";
import type { EventLog } from "../events/event-log.ts";
import { Refusal } from "../refusal.ts";
import type { CounterSkills } from "../tickets/queue-order.ts";
import { openPromisedLegs } from "./quota-use.ts";

export interface Setting {
	/** Who set it; undefined where the server did. */
	by?: StaffId | undefined;
	now: number;
}

/** An instant (UTC milliseconds) and the service day that it is on. */
export interface Moment {
	serviceDay: string;
	now: number;
}

/** What supervisors set: what each counter can do, and which topics give tickets. Each change is an event. */
export interface SiteSettings {
	counter(counter: CounterNumber): CounterSetting;
	skillsOf(counter: CounterNumber): CounterSkills;
	setCounter(counter: CounterNumber, setting: CounterSetting, at: Setting): void;
	topic(topic: TopicId): TopicSetting;
	setTopic(topic: TopicId, setting: TopicSetting, at: Setting): void;
	/** What a topic has given and promised on a service day. */
	load(topic: TopicId, at: Moment): Pick<TopicLoad, "issued" | "booked" | "left" | "leftInQuarterHour">;
	/** Whether tickets of a topic are given. Only a topic with a limit is counted. */
	availabilityOf(topic: TopicId, at: Moment): "available" | "closed" | "full" | "later";
	/** How many of a topic's tickets are left on a service day; null where nobody set a quota. */
	left(topic: TopicId, at: Moment): number | null;
	/** Refuses with TOPIC_CLOSED, TOPIC_FULL or TOPIC_LATER. */
	requireAvailable(topic: TopicId, at: Moment): void;
}

const EVERY_TOPIC: CounterSetting = { topics: null, languages: [] };
const OPEN: TopicSetting = { open: true, quota: null, perQuarterHour: null };

function readCounterSettings(database: StationDatabase): Map<string, CounterSetting> {
	const rows = database.select().from(counterSetting).all();
	return new Map(rows.map(({ counter, ...setting }) => [counter, setting]));
}

function skillsIn({ topics, languages }: CounterSetting): CounterSkills {
	return { topics: topics === null ? undefined : new Set(topics), languages: new Set(languages) };
}

/** The same for a program that only reads. */
export function readSkills(database: StationDatabase): SiteSettings["skillsOf"] {
	const counters = readCounterSettings(database);
	return (counter) => skillsIn(counters.get(counter) ?? EVERY_TOPIC);
}

/**
 * The settings are read at every issue and call, so they are kept in memory beside their tables. A booking whose visitor
 * is later than `bookingGraceMs` frees its leg.
 */
export function openSiteSettings(database: StationDatabase, eventLog: EventLog, bookingGraceMs: number): SiteSettings {
	const counters = readCounterSettings(database);
	const topics = new Map<string, TopicSetting>(
		database
			.select()
			.from(topicSetting)
			.all()
			.map(({ topic, ...setting }) => [topic, setting]),
	);
	const legs = openPromisedLegs(database);
	const counterOf = (counter: CounterNumber) => counters.get(counter) ?? EVERY_TOPIC;
	const topicOf = (topic: TopicId) => topics.get(topic) ?? OPEN;

	const leftInQuarterHour = (topic: TopicId, { serviceDay, now }: Moment) => {
		const { perQuarterHour } = topicOf(topic);
		if (perQuarterHour === null || perQuarterHour === undefined) return null;
		const { from, to } = quarterHourOf(now);
		const booked = legs.booked(topic, serviceDay, { from: Math.max(from, now - bookingGraceMs), to });
		return Math.max(0, perQuarterHour - legs.given(topic, serviceDay, from) - booked);
	};
	const load: SiteSettings["load"] = (topic, { serviceDay, now }) => {
		const { quota } = topicOf(topic);
		const issued = legs.given(topic, serviceDay);
		const toCome = { from: now - bookingGraceMs, to: Number.MAX_SAFE_INTEGER };
		const booked = legs.booked(topic, serviceDay, toCome) + legs.referred(topic, serviceDay);
		return {
			...{ issued, booked, left: quota === null ? null : Math.max(0, quota - issued - booked) },
			leftInQuarterHour: leftInQuarterHour(topic, { serviceDay, now }),
		};
	};
	const left: SiteSettings["left"] = (topic, at) => (topicOf(topic).quota === null ? null : load(topic, at).left);
	const availabilityOf: SiteSettings["availabilityOf"] = (topic, at) => {
		if (!topicOf(topic).open) return "closed";
		if (left(topic, at) === 0) return "full";
		return leftInQuarterHour(topic, at) === 0 ? "later" : "available";
	};

	return {
		counter: counterOf,
		skillsOf: (counter) => skillsIn(counterOf(counter)),
		setCounter(counter, setting, { by, now }) {
			database.transaction(
				() => {
					eventLog.write((append) => append({ type: "counter.configured", data: { counter, setting } }, now, by));
					database
						.insert(counterSetting)
						.values({ counter, ...setting })
						.onConflictDoUpdate({ target: counterSetting.counter, set: setting })
						.run();
				},
				{ behavior: "immediate" },
			);
			counters.set(counter, setting);
		},
		topic: topicOf,
		setTopic(topic, { open, quota, perQuarterHour = null }, { by, now }) {
			const setting = { open, quota, perQuarterHour };
			database.transaction(
				() => {
					eventLog.write((append) => append({ type: "topic.configured", data: { topic, setting } }, now, by));
					database
						.insert(topicSetting)
						.values({ topic, ...setting })
						.onConflictDoUpdate({ target: topicSetting.topic, set: setting })
						.run();
				},
				{ behavior: "immediate" },
			);
			topics.set(topic, setting);
		},
		load,
		left,
		availabilityOf,
		requireAvailable(topic, at) {
			const availability = availabilityOf(topic, at);
			if (availability === "closed") throw new Refusal("TOPIC_CLOSED", { topic });
			if (availability === "full") throw new Refusal("TOPIC_FULL", { topic, quota: topicOf(topic).quota });
			if (availability === "later") throw new Refusal("TOPIC_LATER", { topic, from: quarterHourOf(at.now).to });
		},
	};
}
