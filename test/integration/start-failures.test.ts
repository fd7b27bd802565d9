import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TOP } from "../fixtures/station-folder.ts";

/* What IT meets at a start that fails: one sentence with its code on standard error, and the end within five seconds. */

interface Start {
	args: string[];
	env?: Record<string, string>;
	/** A shell line that sets limits and then runs "$@". */
	shell?: string;
}
/** Prepares an empty folder, and says how to start there and what the sentence says. */
type Case = [what: string, prepare: (folder: string) => Start, says: RegExp];

const LIMIT_MS = 5_000;
/** Where more programs run than there are cores, the time is theirs: then only a start that hangs is found. */
const BUSY_LIMIT_MS = 60_000;
const limitMs = () => ((loadavg()[0] ?? 0) > availableParallelism() ? BUSY_LIMIT_MS : LIMIT_MS);

/** Takes connections, and never answers. */
const listener = createServer();
const busyPort = () => String((listener.address() as AddressInfo).port);
beforeAll(async () => {
	await once(listener.listen(0, "127.0.0.1"), "listening");
});
afterAll(() => void listener.close());

async function start({ args, env = {}, shell }: Start) {
	const program = [process.execPath, join(TOP, "bin/paihao.mjs"), ...args];
	const [command = "", ...rest] = shell === undefined ? program : ["bash", "-c", shell, "bash", ...program];
	const child = spawn(command, rest, { env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env } });
	let stdout = "";
	let stderr = "";
	child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
	child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
	const timer = setTimeout(() => child.kill("SIGKILL"), limitMs());
	const [code, signal] = await once(child, "close");
	clearTimeout(timer);
	return { code, signal, stdout, stderr };
}

const CODES_OF_USE = ["USAGE", "CONFIGURATION_REFUSED", "TLS_FILES_REFUSED", "PROXY_UNREADABLE"];

async function expectOneSentence(prepare: Case[1], says: RegExp): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), "paihao-start-"));
	// PostgreSQL's user passes through it.
	chmodSync(folder, 0o755);
	try {
		const { code, signal, stdout, stderr } = await start(prepare(folder));
		expect({ signal, stdout }).toEqual({ signal: null, stdout: "" });
		expect(stderr.trim().split("\n")).toHaveLength(1);
		expect(stderr).toMatch(/^paihao[ a-z-]*: .+[.?] \[[A-Z_]+\]\n$/);
		expect(stderr).not.toMatch(/\[BUG\]|^\s+at /m);
		expect(stderr).toMatch(says);
		const named = /\[([A-Z_]+)\]/.exec(stderr)?.[1] ?? "";
		expect([named, code]).toEqual([named, CODES_OF_USE.includes(named) ? 2 : 1]);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

const station = (folder: string, ...more: string[]): Start => ({
	args: [
		...["station", "--headless", "--data", join(folder, "data"), "--printer", `virtual:${join(folder, "paper")}`],
		...["--port", "0", ...more],
	],
});
const server = (folder: string, ...more: string[]): Start => ({
	args: ["server", "--data", join(folder, "data"), "--port", "0", ...more],
});
/** A file of the data folder. */
const put = (folder: string, name: string, content: string | Buffer) => {
	const file = join(folder, "data", name);
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, content);
};
const putFolder = (folder: string, name: string) => mkdirSync(join(folder, "data", name), { recursive: true });
const withDatabase = (sql: string) => (folder: string) => {
	putFolder(folder, "");
	new Database(join(folder, "data/station.db")).exec(sql).close();
	return station(folder);
};
const withLink = (program: typeof station, target: string) => (folder: string) => {
	symlinkSync(target, join(folder, "data"));
	return program(folder);
};
const inFile = (program: typeof station) => (folder: string) => {
	writeFileSync(join(folder, "data"), "");
	return program(folder);
};
const withFile = (program: typeof station, name: string, content: string | Buffer) => (folder: string) => {
	put(folder, name, content);
	return program(folder);
};
const withFolder = (program: typeof station, name: string) => (folder: string) => {
	putFolder(folder, name);
	return program(folder);
};
const flags =
	(program: typeof station, ...more: string[]) =>
	(folder: string) =>
		program(folder, ...more);
const variables = (env: Record<string, string>) => (folder: string) => ({
	args: ["station", "--data", join(folder, "data"), "--printer", "lp:x"],
	env,
});
const FULL_DISK = `trap "" XFSZ; ulimit -f 64; exec "$@"`;
const GARBAGE = "garbage".repeat(900);

const PLACES: Case[] = [
	["a port in use", (f) => station(f, "--port", busyPort()), /Port \d+ on 127\.0\.0\.1 is in use\..*\[PORT_IN_USE\]/],
	["an address of another machine", flags(station, "--host", "203.0.113.7", "--plain-http"), /\[ADDRESS_REFUSED\]/],
	["a host without an address", flags(station, "--host", "no.invalid", "--plain-http"), /no\.invalid.*\[ADDRESS_REF/],
	["the network without TLS", flags(station, "--host", "0.0.0.0"), /Use --network 0\.0\.0\.0.*\[CONFIGURATION_REFUSED/],
	["a network that is not here", flags(station, "--network", "no.invalid"), /--network.*\[ADDRESS_REFUSED\]/],
	[
		"a network port in use",
		(f) => station(f, "--network", "127.0.0.1", "--network-port", busyPort()),
		/--network-port.*\[PORT_IN_USE\]/,
	],
	[
		"certificate files that are missing",
		flags(station, "--network", "127.0.0.1", "--tls-certificate", "/no.pem", "--tls-key", "/no.key"),
		/\/no\.pem.*\[TLS_FILES_REFUSED\]/,
	],
	["a certificate without its key", flags(station, "--tls-certificate", "/no.pem"), /--tls-key.*\[CONFIGURATION_REF/],
	["data in a file", inFile(station), /data cannot be written.*\[DATA_NOT_WR/],
	["data where nothing can be made", flags(station, "--data", "/proc/paihao"), /\/proc\/paihao.*\[DATA_NOT_WRITABLE\]/],
	["a name that is too long", flags(station, "--data", `/tmp/${"x".repeat(300)}`), /name is too long.*\[CONFIGURATION/],
	["a link to itself", withLink(station, "data"), /in a circle.*\[CONFIGURATION_REFUSED\]/],
	["a link to nowhere", withLink(station, "/nowhere/x"), /data cannot be written.*\[DATA_NOT_WRITABLE\]/],
	["a server's folder", withFile(station, "signing-keys.json", "{}"), /is a server's .*signing-keys.*\[DATA_FOREIGN\]/],
	["a disk that is full", (f) => ({ ...station(f), shell: FULL_DISK }), /The disk is full.*\[DISK_FULL\]/],
];

const SETTINGS_FILES: Case[] = [
	["half a file", withFile(station, "paihao.json", '{"port": 84'), /line 1, column 12: a closing brace is missing\./],
	["no line at all", withFile(station, "paihao.json", ""), /paihao\.json is empty\..*\[CONFIGURATION_REFUSED\]/],
	["an unknown key", withFile(station, "paihao.json", '{\n"prot": 1}'), /line 2: .*"prot"\. Did you mean "port"\?/],
	["a key twice", withFile(station, "paihao.json", '{"port": 1,\n"port": 2}'), /line 2: "port" appears twice/],
	["a list", withFile(station, "paihao.json", "[]"), /must be one JSON object/],
	["a comment", withFile(station, "paihao.json", "// port\n{}"), /line 1.*comments are not allowed/],
	["single quotes", withFile(station, "paihao.json", "{'port': 1}"), /line 1, column 2: /],
	["PowerShell's UTF-16", withFile(station, "paihao.json", Buffer.from('\ufeff{"site": "x"}', "utf16le")), /not UTF-8/],
	["GB18030", withFile(station, "paihao.json", Buffer.from([0x7b, 0x22, 0xc4, 0xe3, 0x22, 0x7d])), /is not UTF-8/],
	["a folder of that name", withFolder(station, "paihao.json"), /paihao\.json cannot be read: it is a folder\./],
	["a number as text", withFile(station, "paihao.json", '{"retention-days": "90"}'), /line 1.*"90".*whole number/],
	[
		"a site that is not there",
		withFile(station, "paihao.json", '{"site": "nowhere"}'),
		/no site nowhere\. Name one of/,
	],
	["a file that --config names", flags(station, "--config", "/no.json"), /\/no\.json cannot be read: there is no such/],
	["a key of the station for the server", withFile(server, "paihao.json", '{"printer": "x"}'), /no setting "printer"/],
	["half a file for the server", withFile(server, "paihao.json", '{"port"'), /line 1, column 8: /],
	["a variable with letters", variables({ PAIHAO_PORT: "abc" }), /^paihao station: PAIHAO_PORT is "abc"\./],
	["a variable that is no switch", variables({ PAIHAO_HEADLESS: "maybe" }), /PAIHAO_HEADLESS.*true or false\./],
	["a test's variable", variables({ PAIHAO_SEED: "7", PAIHAO_PORT: "-1" }), /^paihao station: PAIHAO_PORT is "-1"/],
];

const FOLDERS: Case[] = [
	[
		"a newer database",
		withDatabase("create table x (y); pragma user_version = 99"),
		/newer version.*\(format 99;.*Install that version.*\[DATA_NEWER\]/,
	],
	["another program's database", withDatabase("create table event (y)"), /\[DATA_FOREIGN\]/],
	["a database of garbage", withFile(station, "station.db", GARBAGE), /left as it is.*\[DATA_DAMAGED\]/],
	["a database that is cut off", withFile(station, "station.db", "SQLite format 3\0"), /\[DATA_DAMAGED\]/],
	["a folder in its place", withFolder(station, "station.db"), /\[DATA_DAMAGED\]/],
	["a lock that is a folder", withFolder(station, "station.lock"), /\[DATA_NOT_WRITABLE\]/],
	["half of the secrets", withFile(station, "secrets.json", '{"kioskKey":'), /from a backup.*\[SECRETS_DAMAGED\]/],
	[
		"secrets alone",
		withFile(station, "secrets.json", JSON.stringify({ kioskKey: "x".repeat(30), pinPepper: "AAAA" })),
		/Bring station\.db back from a backup.*\[DATA_INCOMPLETE\]/,
	],
	[
		"no catalogue",
		flags(station, "--catalogue", "/nowhere"),
		/There is no folder \/nowhere\..*\[CATALOGUE_UNREADABLE\]/,
	],
	[
		"half a catalogue",
		(f) => {
			cpSync(join(TOP, "resources/catalogue"), join(f, "catalogue"), { recursive: true });
			writeFileSync(join(f, "catalogue/services.json"), "[{");
			return station(f, "--catalogue", join(f, "catalogue"));
		},
		/services\.json.*\[CATALOGUE_EMPTY\]/,
	],
	[
		"a mistyped site",
		flags(station, "--site", "permanent-residence-service-center"),
		/Did you mean "permanent-residence-service-centre"\?/,
	],
];

const VALUES: Case[] = [
	[
		"a printer of no kind",
		flags(station, "--printer", "usb://x"),
		/"usb:\/\/x" is not one: for a USB printer use device:.*\[PRINTER_URL\]/,
	],
	["a printer without a port", flags(station, "--printer", "tcp://1.2.3.4"), /\[PRINTER_URL\]/],
	["a printer's path alone", flags(station, "--printer", "/dev/usb/lp0"), /use device:\/dev\/usb\/lp0\./],
	["a mistyped option", flags(station, "--printer", "tcp://1.2.3.4:9100?widht=80"), /"widht=80" is not an option/],
	["a printer without a name", flags(station, "--printer", ""), /must be the address of a printer\. \[USAGE\]/],
	["paper where nothing can be made", flags(station, "--printer", "virtual:/proc/x"), /\/proc\/x.*\[PRINTER_FOLDER\]/],
	["no data folder", () => ({ args: ["station", "--printer", "lp:x"] }), /Add --data DIR or PAIHAO_DATA: .*\[USAGE\]/],
	["an address that is none", flags(station, "--phone-address", "ftp://x"), /must be an address.*\[USAGE\]/],
	["half a day", flags(station, "--retention-days", "1.5"), /whole number from 1 to 3650\. \[USAGE\]/],
	["a port that is too big", flags(station, "--port", "70000"), /from 0 to 65535\. \[USAGE\]/],
	["no CA file", flags(station, "--ca", "/no.pem"), /\/no\.pem cannot be used: there is no such file\..*\[CA_UNREAD/],
	[
		"a CA file of another kind",
		flags(station, "--ca", join(TOP, "package.json")),
		/no certificate in PEM.*\[CA_UNREAD/,
	],
	["a proxy of another kind", (f) => ({ ...station(f), env: { HTTPS_PROXY: "socks5://x" } }), /\[PROXY_REFUSED\]/],
	["a word too many", flags(station, "now"), /more words than this command takes.*\[USAGE\]/],
	["a mistyped command", () => ({ args: ["statoin"] }), /There is no command "statoin"\. Did you mean "station"\?/],
	["a mistyped flag", flags(station, "--prot", "1"), /There is no option --prot\. Did you mean --port\?/],
	["a flag without a value", () => ({ args: ["station", "--data"] }), /The option --data needs a value\./],
];

const SERVERS: Case[] = [
	["a port in use", (f) => server(f, "--port", busyPort()), /Port \d+ on 127\.0\.0\.1 is in use\..*\[PORT_IN_USE\]/],
	["an address of another machine", flags(server, "--host", "203.0.113.7"), /cannot listen.*\[ADDRESS_REFUSED\]/],
	["data in a file", inFile(server), /\[DATA_NOT_WRITABLE\]/],
	["data where nothing can be made", flags(server, "--data", "/proc/paihao"), /\[DATA_NOT_WRITABLE\]/],
	["a link to nowhere", withLink(server, "/nowhere/x"), /\[DATA_NOT_WRITABLE\]/],
	["a station's folder", withFile(server, "station.db", "SQLite format 3\0"), /is a station's .*\[DATA_FOREIGN\]/],
	["a database of another make", flags(server, "--database", "mysql://a/b"), /--database is "mysql:.*\[USAGE\]/],
	["no database there", flags(server, "--database", "postgres://a:b@127.0.0.1:1/x"), /\[DATABASE_UNREACHABLE\]/],
	[
		"a database that never answers",
		(f) => server(f, "--database", `postgres://a:b@127.0.0.1:${busyPort()}/x`),
		/it does not answer\..*\[DATABASE_UNREACHABLE\]/,
	],
	["a database without an address", flags(server, "--database", "postgres://a:b@no.invalid/x"), /no\.invalid.*\[DATAB/],
	["exports to nowhere in particular", flags(server, "--export-every", "1"), /Add --export-to DIR\. \[USAGE\]/],
	[
		"exports where nothing can be made",
		flags(server, "--export-every", "1", "--export-to", "/proc/x"),
		/\/proc\/x.*\[EXPORT_NOT_WRITABLE\]/,
	],
	["half an address of a proxy", flags(server, "--trust-proxy", "10.0.0"), /10\.0\.0 is not an address.*\[PROXY_UNR/],
	["half of the signing keys", withFile(server, "signing-keys.json", "{half"), /\[SIGNING_KEYS_DAMAGED\]/],
	["a part of a database", withFolder(server, "postgres/base"), /a part of a database.*\[DATA_INCOMPLETE\]/],
	["a mistyped sub-command", flags(server, "cdoe"), /There is no command "cdoe"\. Did you mean "code"\?/],
	["a mistyped folder", (f) => ({ args: ["server", "code", "--data", join(f, "typo")] }), /\[NO_SERVER\]/],
	["a disk that is full", (f) => ({ ...server(f), shell: FULL_DISK }), /disk of .* is full\..*\[DISK_FULL\]/],
];

describe.each([
	["a station's place", PLACES],
	["the settings file and variables", SETTINGS_FILES],
	["a station's folder", FOLDERS],
	["a setting's value", VALUES],
	["a server", SERVERS],
] as const)("one sentence and a code within five seconds: %s", (_, cases) => {
	test.concurrent.each(cases)("%s", (_what, prepare, says) => expectOneSentence(prepare, says));
});
