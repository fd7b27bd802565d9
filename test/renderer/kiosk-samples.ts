import type { Topic, TopicElsewhere, Topics } from "../../protocol/board.ts";
import type { Language } from "../../protocol/language.ts";
import type { Ticket } from "../../protocol/ticket.ts";

export function sampleTopic(id: string, over: Partial<Topic> = {}): Topic {
	return {
		id,
		name: id,
		nameChinese: id,
		reading: null,
		description: id,
		group: { id: "group", name: "group", series: "A" },
		rank: 1,
		icon: "info",
		minutes: 10,
		handledBy: "somebody",
		requiredDocuments: [],
		needsDocuments: false,
		taken: "yes",
		ahead: 0,
		wait: null,
		source: "test",
		assuredDate: "2026-11-23",
		confirmBy: "2027-02-23",
		...over,
	};
}

export function sampleTopics(language: Language, topics: Topic[], elsewhere: TopicElsewhere[] = []): Topics {
	return {
		site: {
			id: "site",
			name: "Site",
			shortName: "Site",
			shortNameChinese: "站点",
			address: "-",
			example: true,
			timezone: "Asia/Shanghai",
			counters: ["1"],
			open: true,
			opensAt: null,
			closesAt: null,
		},
		language,
		topics,
		elsewhere,
	};
}

export function sampleTicket(over: Partial<Ticket> = {}): Ticket {
	return {
		id: "0192f0c0-0000-7000-8000-000000000001",
		number: "A001",
		topic: "free",
		further: [],
		language: "en",
		partySize: 1,
		class: "ordinary",
		state: "waiting",
		version: 1,
		counter: null,
		reservedFor: null,
		undoable: false,
		calls: 0,
		serviceDay: "2026-11-23",
		arrivedAt: 0,
		since: 0,
		ahead: 0,
		wait: null,
		outcome: null,
		print: { state: "queued" },
		...over,
	};
}
