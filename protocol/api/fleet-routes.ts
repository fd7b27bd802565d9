import type { Routes } from "./routes.ts";

/** Method and path of every call of the fleet's API, below /fleet/api. Without a schema library, as for the station's. */
export const fleetRoutes = {
	session: {
		read: { method: "GET", path: "/session" },
		open: { method: "POST", path: "/session" },
		close: { method: "DELETE", path: "/session" },
	},
	fleet: {
		read: { method: "GET", path: "/snapshot", answer: { documents: "array", backup: "object", stations: "array" } },
		events: { method: "GET", path: "/events" },
		names: { method: "GET", path: "/names", answer: { sites: "object", topics: "object" } },
	},
	stations: {
		revoke: { method: "POST", path: "/stations/{station}/revoke" },
		remove: { method: "DELETE", path: "/stations/{station}" },
		reviewForks: { method: "POST", path: "/stations/{station}/review-forks" },
	},
	commands: {
		list: { method: "GET", path: "/stations/{station}/commands", answer: { commands: "array" } },
		send: { method: "POST", path: "/stations/{station}/commands" },
	},
	statistics: {
		read: { method: "GET", path: "/statistics", answer: { total: "object", days: "array", sites: "array" } },
	},
	enrolmentCodes: {
		create: { method: "POST", path: "/enrolment-codes" },
	},
	catalogue: {
		review: { method: "POST", path: "/catalogue/review", answer: { errors: "array", difference: "object" } },
		publish: { method: "POST", path: "/catalogue" },
	},
} as const satisfies Routes;
