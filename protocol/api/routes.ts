/*
 * Method and path of every call, by the name it has in the contract. Written once, for the contract and for the
 * client of the screens; it needs no schema library, so that a screen is not made to load one.
 */

export interface Route {
	method: "GET" | "POST" | "PUT" | "DELETE";
	/** Below /api, or below the server's own prefix; parameters in braces: /tickets/{id}. */
	path: `/${string}`;
	/** The fields of a good answer that are always a list or a record. Without them a screen could not draw it. */
	answer?: Readonly<Record<string, "array" | "object">>;
}

export interface Routes {
	readonly [name: string]: Route | Routes;
}

const ticketAnswer = { nextTopics: "array", print: "object" } as const;
const phoneAnswer = { nextTopics: "array", bring: "array" } as const;
const boardAnswer = { calls: "array", waiting: "array", missed: "array" } as const;

export const visitorRoutes = {
	topics: {
		list: {
			method: "GET",
			path: "/topics",
			answer: { site: "object", topics: "array", otherSites: "array" },
		},
		keywords: { method: "GET", path: "/topics/keywords", answer: { topics: "object", texts: "object" } },
		reportMiss: { method: "POST", path: "/topics/search-misses" },
	},
	checklist: {
		read: { method: "GET", path: "/checklist", answer: { topics: "array", documents: "array", labels: "object" } },
		print: { method: "POST", path: "/checklist/print" },
	},
	otherSites: {
		list: { method: "GET", path: "/topics/{topic}/other-sites", answer: { sites: "array" } },
		printDirections: { method: "POST", path: "/topics/{topic}/other-sites/{site}/directions" },
	},
	tickets: {
		issue: { method: "POST", path: "/tickets", answer: ticketAnswer },
		read: { method: "GET", path: "/tickets/{id}", answer: ticketAnswer },
	},
	visits: {
		checkIn: { method: "POST", path: "/check-in", answer: ticketAnswer },
	},
	help: {
		ask: { method: "POST", path: "/help" },
		read: { method: "GET", path: "/help" },
	},
	phone: {
		read: { method: "GET", path: "/phone/{code}", answer: phoneAnswer },
		leave: { method: "POST", path: "/phone/{code}/leave", answer: phoneAnswer },
		delay: { method: "POST", path: "/phone/{code}/delay", answer: phoneAnswer },
		giveWay: { method: "POST", path: "/phone/{code}/give-way", answer: phoneAnswer },
		rate: { method: "POST", path: "/phone/{code}/rating", answer: phoneAnswer },
		webPushKey: { method: "GET", path: "/web-push-key" },
		subscribe: { method: "POST", path: "/phone/{code}/web-push" },
		unsubscribe: { method: "DELETE", path: "/phone/{code}/web-push" },
	},
} as const satisfies Routes;

export const deskRoutes = {
	session: {
		names: { method: "GET", path: "/session/names", answer: { names: "array" } },
		figures: { method: "GET", path: "/session/figures" },
		open: { method: "POST", path: "/session" },
		close: { method: "DELETE", path: "/session" },
		pause: { method: "POST", path: "/session/pause" },
		resume: { method: "POST", path: "/session/resume" },
	},
	queue: {
		read: { method: "GET", path: "/queue", answer: { tickets: "array", printer: "object", helpCalls: "array" } },
	},
	counters: {
		next: { method: "POST", path: "/counters/{counter}/next", answer: ticketAnswer },
		recall: { method: "POST", path: "/counters/{counter}/recall", answer: ticketAnswer },
		start: { method: "POST", path: "/counters/{counter}/start", answer: ticketAnswer },
		finish: { method: "POST", path: "/counters/{counter}/finish", answer: ticketAnswer },
		noShow: { method: "POST", path: "/counters/{counter}/no-show", answer: ticketAnswer },
	},
	tickets: {
		reprint: { method: "POST", path: "/tickets/{id}/reprint", answer: ticketAnswer },
		finish: { method: "POST", path: "/tickets/{id}/finish", answer: ticketAnswer },
		call: { method: "POST", path: "/tickets/{id}/call", answer: ticketAnswer },
		return: { method: "POST", path: "/tickets/{id}/return", answer: ticketAnswer },
		park: { method: "POST", path: "/tickets/{id}/park", answer: ticketAnswer },
		transfer: { method: "POST", path: "/tickets/{id}/transfer", answer: ticketAnswer },
		refer: { method: "POST", path: "/tickets/{id}/refer", answer: ticketAnswer },
		note: { method: "POST", path: "/tickets/{id}/note", answer: ticketAnswer },
		setPriority: { method: "POST", path: "/tickets/{id}/set-priority", answer: ticketAnswer },
		cancel: { method: "POST", path: "/tickets/{id}/cancel", answer: ticketAnswer },
		undo: { method: "POST", path: "/tickets/{id}/undo", answer: ticketAnswer },
	},
	endedTickets: {
		find: { method: "GET", path: "/ended-tickets/{number}", answer: { tickets: "array" } },
	},
	visits: {
		list: { method: "GET", path: "/visits", answer: { visits: "array" } },
		checkInByCode: { method: "POST", path: "/visits/check-in", answer: { ticket: "object" } },
		checkInExpected: { method: "POST", path: "/visits/{visit}/check-in", answer: { ticket: "object" } },
	},
	help: {
		answer: { method: "POST", path: "/help/answer" },
	},
} as const satisfies Routes;

export const statisticsRoutes = {
	statistics: {
		replay: { method: "POST", path: "/statistics/replay" },
		read: {
			method: "GET",
			path: "/statistics",
			answer: {
				total: "object",
				hours: "array",
				weekdays: "array",
				days: "array",
				topics: "array",
				languages: "array",
				counters: "array",
				staffGroups: "array",
				classes: "array",
				quarters: "array",
				outcomes: "array",
				estimates: "object",
			},
		},
	},
} as const satisfies Routes;

export const supervisionRoutes = {
	clock: {
		confirm: { method: "POST", path: "/clock/confirm" },
	},
	supervision: {
		counters: { method: "GET", path: "/counters", answer: { counters: "array" } },
		setCounter: {
			method: "PUT",
			path: "/counters/{counter}/setting",
			answer: { languages: "array" },
		},
		moveStaff: { method: "POST", path: "/counters/{counter}/move" },
		endSession: { method: "POST", path: "/counters/{counter}/end-session" },
		opening: { method: "GET", path: "/opening" },
		closeSite: { method: "PUT", path: "/opening/closure" },
		reopenSite: { method: "DELETE", path: "/opening/closure" },
		dayClosing: {
			method: "GET",
			path: "/day/closing",
			answer: { open: "array", atCounters: "array", expected: "array" },
		},
		closeDay: {
			method: "POST",
			path: "/day/closing",
			answer: { open: "array", atCounters: "array", expected: "array" },
		},
		undoCloseDay: {
			method: "DELETE",
			path: "/day/closing",
			answer: { open: "array", atCounters: "array", expected: "array" },
		},
		leftOpen: { method: "GET", path: "/left-open", answer: { days: "array" } },
		topics: { method: "GET", path: "/topics/load", answer: { topics: "array" } },
		setTopic: { method: "PUT", path: "/topics/{topic}/setting" },
		activity: { method: "GET", path: "/activity", answer: { entries: "array" } },
	},
	staff: {
		list: { method: "GET", path: "/staff", answer: { accounts: "array" } },
		add: { method: "POST", path: "/staff" },
		resetPin: { method: "POST", path: "/staff/{id}/pin" },
		setRole: { method: "PUT", path: "/staff/{id}/role" },
		unlock: { method: "POST", path: "/staff/{id}/unlock" },
		remove: { method: "DELETE", path: "/staff/{id}" },
	},
	visits: {
		readCalendar: { method: "GET", path: "/appointments/calendar" },
		pollCalendar: { method: "POST", path: "/appointments/calendar" },
		importBookings: { method: "POST", path: "/appointments" },
		importFile: {
			method: "POST",
			path: "/appointments/file",
			answer: { skipped: "array", notes: "array", first: "array", madeCodes: "array" },
		},
	},
	device: {
		read: { method: "GET", path: "/device" },
		pair: { method: "POST", path: "/device" },
	},
	devices: {
		list: { method: "GET", path: "/devices", answer: { network: "object", devices: "array" } },
		createCode: { method: "POST", path: "/devices/codes" },
		remove: { method: "DELETE", path: "/devices/{id}" },
	},
	enrolment: {
		read: { method: "GET", path: "/enrolment" },
		enrol: { method: "POST", path: "/enrolment" },
	},
} as const satisfies Routes;

export const staffGateRoutes = {
	staffGate: {
		act: { method: "POST", path: "/staff-gate" },
		read: { method: "GET", path: "/staff-gate" },
	},
} as const satisfies Routes;

export const setupRoutes = {
	setup: {
		read: {
			method: "GET",
			path: "/setup",
			answer: { site: "object", printer: "object", clock: "object", network: "object" },
		},
		sites: { method: "GET", path: "/setup/sites", answer: { sites: "array" } },
		chooseSite: { method: "PUT", path: "/setup/site" },
		printers: { method: "GET", path: "/setup/printers", answer: { printers: "array" } },
		scanNetwork: { method: "POST", path: "/setup/printers/scan", answer: { printers: "array" } },
		choosePrinter: { method: "PUT", path: "/setup/printer" },
		addSupervisor: { method: "POST", path: "/setup/supervisor" },
	},
} as const satisfies Routes;

export const stationRoutes = {
	board: {
		read: { method: "GET", path: "/board", answer: boardAnswer },
		events: { method: "GET", path: "/board/events" },
		reportSound: { method: "POST", path: "/board/sound" },
	},
	speech: {
		read: { method: "GET", path: "/speech/{language}", answer: { sentences: "object", clips: "object" } },
	},
	messages: {
		reportDamaged: { method: "POST", path: "/messages/{language}/damaged" },
	},
	health: {
		read: {
			method: "GET",
			path: "/health",
			answer: {
				clock: "object",
				network: "object",
				sync: "object",
				speech: "array",
				damagedMessages: "array",
				outdatedTopics: "array",
				searchMisses: "array",
				printer: "object",
				otherPrinters: "array",
			},
		},
	},
	printer: {
		rollChanged: { method: "POST", path: "/printer/roll" },
		readSetup: { method: "GET", path: "/printer/setup", answer: { profiles: "array", fixed: "array" } },
		printSheet: { method: "POST", path: "/printer/sheet" },
		keepSetup: { method: "POST", path: "/printer/setup", answer: { profiles: "array", fixed: "array" } },
	},
} as const satisfies Routes;
