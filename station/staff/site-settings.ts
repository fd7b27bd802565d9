import { and, count, eq, ne, sql } from "drizzle-orm";
import type { StationDatabase } from "../../db/station/open.ts";
import { counterSetting, topicSetting } from "../../db/station/schema/staff.ts";
import { ticket } from "../../db/station/schema/tickets.ts";
import type { CounterNumber, StaffId, TopicId } from "../../protocol/model/ids.ts";
import type { CounterSetting, TopicSetting } from "../../protocol/model/staff.ts";
import type { EventLog } from "../events/event-log.ts";
import { Refusal } from "../refusal.ts";
import type { CounterSkills } from "../tickets/queue-order.ts";

export interface Setting {
	/** Who set it; undefined where the server did. */
	by?: StaffId | undefined;
	now: number;
}

/** What supervisors set: what each counter can do, and which topics are taken. Each change is an event. */
export interface SiteSettings {
	counter(counter: CounterNumber): CounterSetting;
	skillsOf(counter: CounterNumber): CounterSkills;
	setCounter(counter: CounterNumber, setting: CounterSetting, at: Setting): void;
	topic(topic: TopicId): TopicSetting;
	setTopic(topic: TopicId, setting: TopicSetting, at: Setting): void;
	/** Tickets of a topic on a service day, the cancelled left out. */
	issued(topic: TopicId, serviceDay: string): number;
	/** Whether tickets of a topic are given on a service day. Only a topic with a quota is counted. */
	availabilityOf(topic: TopicId, serviceDay: string): "yes" | "closed" | "full";
	/** How many of a topic's tickets are left on a service day; null where nobody set a quota. */
	left(topic: TopicId, serviceDay: string): number | null;
	/** Refuses with TOPIC_CLOSED or TOPIC_FULL. */
	requireAvailable(topic: TopicId, serviceDay: string): void;
}

const EVERY_TOPIC: CounterSetting = { topics: null, languages: [] };
const OPEN: TopicSetting = { open: true, quota: null };

/** The settings are read at every issue and call, so they are kept in memory beside their tables. */
export function openSiteSettings(database: StationDatabase, eventLog: EventLog): SiteSettings {
	const counters = new Map<string, CounterSetting>(
		database
			.select()
			.from(counterSetting)
			.all()
			.map(({ counter, ...setting }) => [counter, setting]),
	);
	const topics = new Map<string, TopicSetting>(
		database
			.select()
			.from(topicSetting)
			.all()
			.map(({ topic, ...setting }) => [topic, setting]),
	);
	const countIssued = database
		.select({ count: count() })
		.from(ticket)
		.where(
			and(
				eq(ticket.serviceDay, sql.placeholder("serviceDay")),
				eq(ticket.topic, sql.placeholder("topic")),
				ne(ticket.state, "cancelled"),
			),
		)
		.prepare();
	const issued = (topic: TopicId, serviceDay: string) => countIssued.get({ topic, serviceDay })?.count ?? 0;
	const counterOf = (counter: CounterNumber) => counters.get(counter) ?? EVERY_TOPIC;
	const topicOf = (topic: TopicId) => topics.get(topic) ?? OPEN;

	const left: SiteSettings["left"] = (topic, serviceDay) => {
		const { quota } = topicOf(topic);
		return quota === null ? null : Math.max(0, quota - issued(topic, serviceDay));
	};
	const availabilityOf: SiteSettings["availabilityOf"] = (topic, serviceDay) => {
		if (!topicOf(topic).open) return "closed";
		return left(topic, serviceDay) === 0 ? "full" : "yes";
	};

	return {
		counter: counterOf,
		skillsOf(counter) {
			const { topics: served, languages } = counterOf(counter);
			return { topics: served === null ? undefined : new Set(served), languages: new Set(languages) };
		},
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
		setTopic(topic, setting, { by, now }) {
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
		issued,
		left,
		availabilityOf,
		requireAvailable(topic, serviceDay) {
			const taken = availabilityOf(topic, serviceDay);
			if (taken === "closed") throw new Refusal("TOPIC_CLOSED", { topic });
			if (taken === "full") throw new Refusal("TOPIC_FULL", { topic, quota: topicOf(topic).quota });
		},
	};
}
