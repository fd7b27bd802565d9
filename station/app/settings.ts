import { z } from "zod";
import { LOG_LEVELS } from "../../lib/log.ts";
import { list, oneOf, onOff, type SettingsTable, text, wholeNumber } from "../../lib/settings/setting.ts";
import { RETENTION_DAYS } from "../../protocol/events/retention.ts";
import { siteIdInputSchema } from "../../protocol/model/ids.ts";
import { toCalendarAddress } from "../appointments/calendar-address.ts";
import { toServerOrigin } from "../sync/enrolment/server-address.ts";

const OUTSIDE_HOURS = ["refuse", "issue"] as const;
export type OutsideHours = (typeof OUTSIDE_HOURS)[number];

/** Whether a new station is set up at its kiosk. */
const FIRST_STARTS = ["touch", "skip"] as const;
export type FirstStartMode = (typeof FIRST_STARTS)[number];

const PORT = { ...wholeNumber(0, 65_535), placeholder: "PORT" };
const RUN_OR_TRY = ["station", "demo"];

/** The station's data folder, which most commands need. */
export const DATA_FOLDER = {
	...text("the path of a folder"),
	placeholder: "DIR",
	help: "the station's data folder: everything that it remembers",
	isRequired: true,
} as const;

/** Certificates that this machine trusts besides its own, for connections to the central server. */
export const CA_FILE = {
	...text("the path of a file"),
	placeholder: "FILE",
	help: "certificates (PEM) to trust as well when connecting to the central server: for a server with a private CA",
} as const;

/** Every setting of a station. The help, the completion, the reference and the file's JSON schema are made from it. */
export const STATION_SETTINGS = {
	data: { ...DATA_FOLDER, commands: [...RUN_OR_TRY, "every command about a station"] },
	port: {
		...PORT,
		defaultValue: 8470,
		help: "TCP port for this machine; 0 takes a free one",
		commands: RUN_OR_TRY,
	},
	host: {
		...text("an address of this machine"),
		placeholder: "ADDRESS",
		defaultValue: "127.0.0.1",
		help: "loopback address to listen on, for this machine",
		commands: RUN_OR_TRY,
	},
	network: {
		...text("an address of this machine"),
		placeholder: "ADDRESS",
		help: "address to listen on with HTTPS, for desks, boards, phones and further kiosks; 0.0.0.0 is every address",
		commands: RUN_OR_TRY,
	},
	"network-port": {
		...PORT,
		defaultValue: 8443,
		help: "TCP port of --network; 0 takes a free one",
		commands: RUN_OR_TRY,
	},
	"tls-certificate": {
		...text("the path of a file"),
		placeholder: "FILE",
		help: "certificate for --network (PEM, followed by its chain); without it the station makes its own",
		commands: RUN_OR_TRY,
	},
	"tls-key": {
		...text("the path of a file"),
		placeholder: "FILE",
		help: "key of --tls-certificate (PEM, without a passphrase)",
		commands: RUN_OR_TRY,
	},
	"plain-http": {
		...onOff,
		defaultValue: false,
		help: "let --host be a network address without TLS; anyone on that network can then read and change everything",
		commands: RUN_OR_TRY,
	},
	site: {
		...text("the id of a site"),
		schema: siteIdInputSchema.min(1),
		placeholder: "ID",
		defaultValue: "permanent-residence-service-centre",
		help: "the catalogue's id of this site",
		commands: RUN_OR_TRY,
	},
	printer: {
		...text("the address of a printer"),
		placeholder: "URL",
		defaultValue: "none",
		help: "the printer: none (there is none yet), tcp://host:port, device:/dev/usb/lp0 or serial:/dev/ttyS0?baud=115200 (Epson ESC/POS), lp:QUEUE (CUPS, which never confirms a ticket), win:PRINTER (Windows' spooler, which neither does), virtual:DIR (PNG and bytes in a folder); each with options of its own after a ?, such as ?width=58&cut=none: dialect, width, dpi, profile, cut, feed, band, density, speed, status, proof and near-end (docs/reference/printer-options.md)",
		commands: RUN_OR_TRY,
	},
	"printer-profile": {
		...text("the name of a printer's model"),
		placeholder: "NAME",
		help: 'the printer\'s model, such as "Xprinter XP-80": its language, width and cutter follow; paihao printer profiles lists them',
		commands: RUN_OR_TRY,
	},
	"standby-printer": {
		...text("the address of a printer"),
		placeholder: "URL",
		help: "a second printer, which takes the tickets while the first cannot print: an address as in --printer",
		commands: RUN_OR_TRY,
	},
	"kiosk-printer": {
		...list("a list of NAME=URL"),
		placeholder: "NAME=URL",
		help: "the own printer of a paired kiosk: the kiosk's name, then an address as in --printer; repeat it for more kiosks",
		commands: RUN_OR_TRY,
	},
	server: {
		schema: z.string().refine((text) => toServerOrigin(text) !== null),
		expected: "an address that begins with https:// and has no user name in it",
		placeholder: "URL",
		help: "the central server's address, already filled in where the station is enrolled at its screen; the code is still asked for",
		commands: RUN_OR_TRY,
	},
	"phone-address": {
		schema: z.url({ protocol: /^https?$/ }),
		expected: "an address that begins with https:// or http://",
		placeholder: "URL",
		help: "the address at which phones reach this station, such as https://queue.example; it goes into the ticket's QR code",
		commands: RUN_OR_TRY,
	},
	"web-push-key": {
		...text("the path of a file"),
		placeholder: "FILE",
		help: "your own key (PEM, P-256) for notifications on phones: they go, encrypted, through Google, Apple, Mozilla or Microsoft; without it the station calls none of them",
		commands: RUN_OR_TRY,
	},
	"web-push-contact": {
		schema: z.string().regex(/^(mailto:[^@\s]+@[^@\s]+|https:\/\/\S+)$/),
		expected: "an address that begins with mailto: or https://",
		placeholder: "URL",
		help: "whom a push service asks about --web-push-key, such as mailto:it@example.cn",
		commands: RUN_OR_TRY,
	},
	"web-push-services": {
		...list("a list of host names"),
		placeholder: "HOST",
		help: "push services that the station may call, with their subdomains, instead of the four makers' own; repeat it for more",
		commands: RUN_OR_TRY,
	},
	catalogue: {
		...text("the path of a folder"),
		placeholder: "DIR",
		help: "a folder with catalogue files, instead of the default catalogue",
		commands: RUN_OR_TRY,
	},
	calendar: {
		schema: z.string().refine((text) => toCalendarAddress(text) !== null),
		expected: "an address that begins with https:// (or webcal://) and has no user name in it",
		placeholder: "URL",
		help: "the address of a calendar of bookings (.ics), which the station then reads every --calendar-minutes; without it no calendar is read",
		commands: RUN_OR_TRY,
	},
	"calendar-minutes": {
		...wholeNumber(1, 1_440),
		placeholder: "MINUTES",
		defaultValue: 15,
		help: "minutes between two looks at the calendar",
		commands: RUN_OR_TRY,
	},
	"calendar-topic": {
		...text("the id or a name of a topic, such as work-permit"),
		placeholder: "ID",
		help: "the topic of the calendar's events that name none; without it they are left out",
		commands: RUN_OR_TRY,
	},
	"retention-days": {
		...wholeNumber(1, 3_650),
		placeholder: "DAYS",
		defaultValue: RETENTION_DAYS,
		help: "days until a ticket's code, language and note are removed, here and from its events",
		commands: RUN_OR_TRY,
	},
	"outside-hours": {
		...oneOf(OUTSIDE_HOURS),
		placeholder: "MODE",
		defaultValue: "refuse",
		help: "what the kiosk does outside opening hours: refuse (and say when the site opens) or issue tickets; staff can always issue one",
		commands: RUN_OR_TRY,
	},
	"first-start": {
		...oneOf(FIRST_STARTS),
		placeholder: "MODE",
		defaultValue: "touch",
		help: "what the kiosk of a station without a supervisor shows before its first ticket: touch (the set-up, for whoever installs it) or skip (the visitors' first screen)",
		commands: RUN_OR_TRY,
	},
	ca: { ...CA_FILE, commands: [...RUN_OR_TRY, "enrol", "verify"] },
	"metrics-token": {
		schema: z.string().min(16),
		expected: "at least 16 characters",
		placeholder: "TOKEN",
		help: "lets other machines read /metrics with this bearer token; without it only this machine may",
		commands: RUN_OR_TRY,
	},
	"log-level": {
		...oneOf(LOG_LEVELS),
		placeholder: "LEVEL",
		defaultValue: "info",
		help: "the least severe entries that the log on standard error has",
		commands: RUN_OR_TRY,
	},
	headless: { ...onOff, defaultValue: false, help: "open no window on this machine", commands: RUN_OR_TRY },
	config: {
		...text("the path of a file"),
		placeholder: "FILE",
		help: "the settings file (JSON); without it, paihao.json in the data folder",
		commands: RUN_OR_TRY,
	},
} as const satisfies SettingsTable;

/** Set by the command for the shell that it starts; not for people. */
export const SHELL_VARIABLES = ["PAIHAO_SHELL_PROFILE", "PAIHAO_SHELL_MAY_LEAVE", "PAIHAO_SHELL_COMMAND"];
