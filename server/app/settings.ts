import { z } from "zod";
import { LOG_LEVELS } from "../../lib/log.ts";
import { list, oneOf, type SettingsTable, text, wholeNumber } from "../../lib/settings/setting.ts";
import { RETENTION_DAYS } from "../../protocol/events/retention.ts";

const RUN = ["server"];
const EVERY = ["server and its sub-commands", "catalogue"];

/** Where the server's data is: for the server itself and for each command about it. */
export const SERVER_PLACE = {
	data: {
		...text("the path of a folder"),
		placeholder: "DIR",
		isRequired: true,
		help: "the server's data folder: its own PostgreSQL, and its signing keys",
		commands: EVERY,
	},
	database: {
		schema: z.url({ protocol: /^postgres(ql)?$/ }),
		expected: "an address such as postgres://user:password@host/name",
		placeholder: "URL",
		help: "postgres://user:password@host/name; without it the server runs a PostgreSQL of its own in the data folder",
		commands: EVERY,
	},
	"direct-database": {
		schema: z.url({ protocol: /^postgres(ql)?$/ }),
		expected: "an address such as postgres://user:password@host/name",
		placeholder: "URL",
		help: "the database of --database past a pooler such as PgBouncer, for migrations and notifications",
		commands: EVERY,
	},
} as const satisfies SettingsTable;

/** Every setting of a server. The help, the completion, the reference and the file's JSON schema are made from it. */
export const SERVER_SETTINGS = {
	...SERVER_PLACE,
	port: {
		...wholeNumber(0, 65_535),
		placeholder: "PORT",
		defaultValue: 8480,
		help: "TCP port; 0 takes a free one",
		commands: RUN,
	},
	host: {
		...text("an address of this machine"),
		placeholder: "ADDRESS",
		defaultValue: "127.0.0.1",
		help: "address to listen on; for other machines put a proxy with TLS in front of it",
		commands: RUN,
	},
	"retention-days": {
		...wholeNumber(1, 3_650),
		placeholder: "DAYS",
		defaultValue: RETENTION_DAYS,
		help: "days until what links an event to a visitor is removed",
		commands: RUN,
	},
	"export-every": {
		...wholeNumber(1, 720),
		placeholder: "HOURS",
		help: "write an export every so many hours; needs --export-to",
		commands: RUN,
	},
	"export-to": {
		...text("the path of a folder"),
		placeholder: "DIR",
		help: "the folder for exports, on another disk than the database; needs --export-every",
		commands: RUN,
	},
	"export-keep": {
		...wholeNumber(1, 1_000),
		placeholder: "COUNT",
		defaultValue: 7,
		help: "how many of the newest exports to keep",
		commands: RUN,
	},
	"trust-proxy": {
		...list("one or more addresses or ranges, such as 10.1.2.0/24"),
		placeholder: "CIDR",
		help: "a proxy whose X-Forwarded-For header is believed, such as 10.1.2.0/24; may be repeated, and a proxy on this machine is always believed",
		commands: RUN,
	},
	"metrics-token": {
		schema: z.string().min(16),
		expected: "at least 16 characters",
		placeholder: "TOKEN",
		help: "lets other machines read /metrics with this bearer token; without it only this machine may",
		commands: RUN,
	},
	"log-level": {
		...oneOf(LOG_LEVELS),
		placeholder: "LEVEL",
		defaultValue: "info",
		help: "the least severe entries that the log on standard error has",
		commands: RUN,
	},
	config: {
		...text("the path of a file"),
		placeholder: "FILE",
		help: "the settings file (JSON); without it, paihao.json in the data folder",
		commands: RUN,
	},
} as const satisfies SettingsTable;
