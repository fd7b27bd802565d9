/**
 * Which way imports may point. docs/internals/architecture.md draws the same as a picture:
 *
 *     electron, cli -> station/app -> station rooms -> db -> protocol -> lib
 *                      server/app  -> server rooms  -> db -> protocol -> lib
 *     renderer -> api-client -> protocol -> lib
 *
 * scripts/check-imports.ts holds these rules as a part of `npm run check`, and cycles besides.
 * test/unit/scripts/check-imports.test.ts breaks each of them once.
 */
export interface ImportRule {
	name: string;
	/** Why the rule is there. Shown with its violations. */
	reason: string;
	/** The importing file, as a path from the top of the checkout. */
	from: RegExp;
	/** The imported file, in the same form, or a package's name. `$1` is what `from` captured first. */
	to: string;
	/** Imports that the rule lets through, written as `to` is. */
	except?: readonly string[];
	/** Whether an import of nothing but types is let through. */
	allowsTypes?: boolean;
}

/** Every folder with code in it. A new one belongs in this list. */
export const CODE_FOLDERS = [
	...["api-client", "bench", "bin", "cli", "db", "electron", "lib", "printer-simulator", "protocol"],
	...["renderer", "scripts", "server", "station", "test"],
];

/** The code in `folder` may import itself, what is named, and packages; no other folder of ours. */
function onlyImports(folder: string, allowed: readonly string[], name: string, reason: string): ImportRule {
	return {
		name,
		reason,
		from: new RegExp(`^${folder}/`),
		to: `^(${CODE_FOLDERS.join("|")})/`,
		except: [folder, ...allowed].map((path) => `^${path}/`),
	};
}

/** Every room of the station: not its composition (app) and not its HTTP, which stand above them. */
const STATION_ROOM = "^station/(?!app/|http/)([^/]+)/";
/** The screens' programs; `ui` and `i18n` are what they share. */
const SCREEN = "^renderer/(?!ui/|i18n/)([^/]+)/";

export const IMPORT_RULES: readonly ImportRule[] = [
	onlyImports("lib", [], "lib-is-lowest", "lib holds small things of no domain, so it imports nothing of ours."),
	onlyImports(
		"protocol",
		["lib"],
		"protocol-above-lib",
		"Station, server and screens share protocol: it knows none of them.",
	),
	onlyImports("db", ["protocol", "lib"], "db-above-protocol", "The databases do not know the programs that use them."),
	onlyImports(
		"api-client",
		["protocol", "lib"],
		"api-client-above-protocol",
		"The client comes from the contract alone.",
	),
	onlyImports(
		"renderer",
		["api-client", "protocol", "lib"],
		"renderer-above-api-client",
		"Screens reach a station or a server only through the typed client.",
	),
	onlyImports(
		"station",
		["db", "protocol", "lib", "printer-simulator"],
		"station-works-alone",
		"The station needs no server and no shell.",
	),
	{
		name: "simulator-through-composition",
		reason: "Printing never opens a simulator by itself: the composition passes it in.",
		from: /^station\/(?!app\/)/,
		to: "^printer-simulator/",
	},
	onlyImports("server", ["db", "protocol", "lib"], "server-works-alone", "Server and station meet only in protocol."),
	onlyImports(
		"printer-simulator",
		["station/printing", "protocol", "lib"],
		"simulator-knows-printing",
		"The simulator plays the printers that station/printing drives. It knows no other room.",
	),
	onlyImports(
		"electron",
		["station/app", "station/http", "station/printing/transport", "protocol", "lib"],
		"shell-starts-station",
		"The shell starts the station and hands it requests. It runs the printer's blocking transport in a process of its own, and knows no other room.",
	),
	{
		name: "one-database-each",
		reason: "The station's database is SQLite, the server's is PostgreSQL. Neither program opens the other's.",
		from: /^(?:db\/)?(station|server)\//,
		to: "^db/(station|server)/",
		except: ["^db/$1/"],
	},
	{
		name: "rooms-below-app",
		reason: "The composition wires the rooms. A room that imports it can be wired in only one way.",
		from: /^(?:station|server)\/(?!app\/)/,
		to: "^(station|server)/app/",
	},
	{
		name: "rooms-below-http",
		reason: "HTTP calls the rooms. A room that knows HTTP cannot be called by a timer, a command or a test.",
		from: /^(?:station|server)\/(?!app\/|http\/)/,
		to: "^(station|server)/http/",
	},
	{
		name: "rooms-meet-through-types",
		reason:
			"station/app hands a room what it needs of another room, so a room imports only another's types. The event log lies under all rooms.",
		from: new RegExp(STATION_ROOM),
		to: STATION_ROOM,
		except: ["^station/$1/", "^station/events/"],
		allowsTypes: true,
	},
	{
		name: "screens-share-ui",
		reason: "Each screen is a program of its own. What two of them need lives in renderer/ui or renderer/i18n.",
		from: /^renderer\/(?:(?!ui\/|i18n\/)([^/]+)\/)?/,
		to: SCREEN,
		except: ["^renderer/$1/"],
	},
	{
		name: "only-shell-imports-electron",
		reason: "The station is the same code under Electron and under Node.",
		from: /^(?!electron\/|test\/)/,
		to: "^electron(/|$)",
	},
	{
		name: "product-below-tests",
		reason: "Tests, benchmarks and scripts use the product, never the other way round.",
		from: /^(?!test\/|bench\/|scripts\/)/,
		to: "^(test|bench|scripts)/",
	},
];
