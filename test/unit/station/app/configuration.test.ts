import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { UserError } from "../../../../lib/errors.ts";
import { readConfiguration, variablesOf } from "../../../../station/app/configuration.ts";
import type { STATION_SETTINGS } from "../../../../station/app/settings.ts";
import { stationFlags } from "../../../fixtures/flags.ts";
import { emptyFolder } from "../../../fixtures/station-folder.ts";

test("a flag wins over the variable, the variable over the file, the file over the default", () => {
	const cwd = emptyFolder();
	mkdirSync(join(cwd, "data"));
	fc.assert(
		fc.property(fc.subarray(["flag", "variable", "file"]), (given) => {
			const ports = { flag: 1001, variable: 1002, file: 1003 } as const;
			writeFileSync(join(cwd, "data/paihao.json"), JSON.stringify(given.includes("file") ? { port: ports.file } : {}));
			const { port } = readConfiguration({
				flags: stationFlags([
					"--data",
					"data",
					"--printer",
					"virtual:paper",
					...(given.includes("flag") ? ["--port", String(ports.flag)] : []),
				]),
				env: given.includes("variable") ? { PAIHAO_PORT: String(ports.variable) } : {},
				cwd,
			});
			const winner = (["flag", "variable", "file"] as const).find((source) => given.includes(source));
			expect(port).toBe(winner === undefined ? 8470 : ports[winner]);
		}),
	);
});

test("folders are meant from where the command was called", () => {
	const cwd = emptyFolder();
	expect(
		readConfiguration({
			flags: stationFlags(["--data", "d", "--printer", "virtual:paper", "--catalogue", "c"]),
			env: {},
			cwd,
		}),
	).toMatchObject({
		data: join(cwd, "d"),
		printer: `virtual:${join(cwd, "paper")}`,
		catalogue: join(cwd, "c"),
		headless: false,
	});
});

test("a station keeps its hours unless it is told otherwise", () => {
	const read = (...more: string[]) =>
		readConfiguration({ flags: stationFlags(["--data", "d", "--printer", "virtual:p", ...more]), env: {}, cwd: "/" })
			.outsideHours;
	expect(read()).toBe("refuse");
	expect(read("--outside-hours", "issue")).toBe("issue");
	expect(() => read("--outside-hours", "maybe")).toThrow(UserError);
});

test("the shell is started with the very configuration: as variables it is the same", () => {
	const flags = [
		"--retention-days",
		"30",
		"--outside-hours",
		"issue",
		"--site",
		"service-centre-1",
		"--network",
		"::1",
	];
	const given = readConfiguration({
		flags: stationFlags(["--data", "/d", "--printer", "tcp://p:1", ...flags]),
		env: {},
		cwd: "/",
	});
	expect(readConfiguration({ flags: {}, env: variablesOf(given), cwd: "/" })).toEqual(given);
});

test.each([
	[
		"an unknown key",
		'{\n"site": "s",\n"prot": 1\n}',
		/paihao\.json, line 3: there is no setting "prot"\. Did you mean "port"\?/,
	],
	["a list", "[]", /paihao\.json: the file must be one JSON object/],
	["a missing comma", '{\n"port": 1\n  "site": "s"\n}', /paihao\.json, line 3, column 3: a comma is missing\./],
	["a key twice", '{"port": 1,\n"port": 2}', /line 2: "port" appears twice/],
	["a wrong value", '{\n"port": "8470"\n}', /line 2: "port" is "8470"\. It must be a whole number from 0 to 65535\./],
	["a comment", "{\n// port\n}", /line 2, column 1: comments are not allowed/],
	["an unclosed text", '{\n"site": "s\n}', /line 2, column \d+: a closing quotation mark is missing/],
	["nothing", "", /is empty\. Delete it, or write {} into it\./],
])("a settings file with %s is refused whole", (_, content, sentence) => {
	const cwd = emptyFolder();
	writeFileSync(join(cwd, "paihao.json"), content);
	const read = () =>
		readConfiguration({ flags: stationFlags(["--data", ".", "--printer", "virtual:p"]), env: {}, cwd });
	expect(read).toThrow(UserError);
	expect(read).toThrow(sentence);
});

test.each([
	["https://queue.example/", "https://queue.example"],
	["http://192.168.1.5:8470", "http://192.168.1.5:8470"],
])("phones reach it under %s", (given, kept) => {
	const argv = ["--data", ".", "--printer", "virtual:p", "--phone-address", given];
	expect(readConfiguration({ flags: stationFlags(argv), env: {}, cwd: emptyFolder() }).phoneAddress).toBe(kept);
});

test.each(["queue.example", "ftp://queue.example", ""])("an address for phones cannot be %j", (given) => {
	const argv = ["--data", ".", "--printer", "virtual:p", `--phone-address=${given}`];
	expect(() => readConfiguration({ flags: stationFlags(argv), env: {}, cwd: emptyFolder() })).toThrow(
		/phone-address is/,
	);
});

test("the server's address is its origin, whatever path it came with", () => {
	const flags = stationFlags(["--data", ".", "--server", "https://queue.example:8443/sync/"]);
	expect(readConfiguration({ flags, env: {}, cwd: emptyFolder() }).server).toBe("https://queue.example:8443");
});

test.each(["queue.example", "http://queue.example", "https://it:secret@queue.example", "javascript:alert(1)"])(
	"a station cannot be enrolled at %j, and says so when it starts",
	(given) => {
		const flags = stationFlags(["--data", ".", "--server", given]);
		expect(() => readConfiguration({ flags, env: {}, cwd: emptyFolder() })).toThrow(/--server is .*https:\/\//);
	},
);

test("a value as long as a file does not hide what is wrong with it", () => {
	const cwd = emptyFolder();
	writeFileSync(join(cwd, "paihao.json"), JSON.stringify({ port: "八".repeat(1_000_000) }));
	const read = () => readConfiguration({ flags: stationFlags(["--data", "."]), env: {}, cwd });
	expect(read).toThrow(/"port" is "八{119}…\. It must be a whole number/);
});

test("a settings file whose link leads nowhere is not taken for none", () => {
	const cwd = emptyFolder();
	symlinkSync(join(cwd, "elsewhere.json"), join(cwd, "paihao.json"));
	const read = () => readConfiguration({ flags: stationFlags(["--data", "."]), env: {}, cwd });
	expect(read).toThrow(/paihao\.json cannot be read: its link leads nowhere/);
});

/** Each setting with another value than its default. */
const UNUSUAL = {
	data: "/srv/a station",
	port: 1001,
	host: "127.0.0.2",
	network: "0.0.0.0",
	"network-port": 1002,
	"tls-certificate": "/srv/certificate.pem",
	"tls-key": "/srv/key.pem",
	"plain-http": true,
	site: "another-site",
	printer: "virtual:/srv/paper",
	"printer-profile": "Xprinter XP-80",
	"standby-printer": "virtual:/srv/standby",
	"kiosk-printer": ["Hall 2=virtual:/srv/hall", "Lift=tcp://10.0.0.9:9100?width=58"],
	"phone-address": "https://queue.example",
	"web-push-key": "/srv/web-push.pem",
	"web-push-contact": "mailto:it@example.cn",
	"web-push-services": ["push.example.cn", "push.example.org"],
	catalogue: "/srv/catalogue",
	calendar: "https://calendar.example/feed/secret.ics",
	"calendar-minutes": 5,
	"calendar-topic": "work-permit",
	"retention-days": 7,
	"outside-hours": "issue",
	"first-start": "skip",
	server: "https://queue.example",
	ca: "/srv/ca.pem",
	"metrics-token": "a-token-of-this-test",
	"log-level": "error",
	headless: true,
} satisfies Record<Exclude<keyof typeof STATION_SETTINGS, "config">, string | number | boolean | string[]>;

test("what is read is read again from its variables, whatever was set: so it reaches the program inside Electron", () => {
	const optional = Object.keys(UNUSUAL).filter(
		(name) => !["data", "printer", "network", "tls-key", "web-push-contact", "web-push-services"].includes(name),
	);
	fc.assert(
		fc.property(fc.subarray(optional), (names) => {
			const cwd = emptyFolder();
			const needed = ["data", "printer", "network", ...(names.includes("tls-certificate") ? ["tls-key"] : [])];
			if (names.includes("web-push-key")) needed.push("web-push-contact", "web-push-services");
			const file = join(cwd, "settings.json");
			const settings = Object.fromEntries(
				Object.entries(UNUSUAL).filter(([name]) => needed.includes(name) || names.includes(name)),
			);
			writeFileSync(file, JSON.stringify(settings));
			const read = readConfiguration({ flags: stationFlags(["--config", file]), env: {}, cwd: "/" });
			expect(readConfiguration({ flags: {}, env: variablesOf(read), cwd: "/elsewhere" })).toEqual(read);
			for (const name of names) expect(Object.values(variablesOf(read)), name).toContain(String(settings[name]));
		}),
	);
});

test.each([
	["PAIHAO_PORT", "http", 'PAIHAO_PORT is "http". It must be a whole number from 0 to 65535.'],
	["PAIHAO_LOG_LEVEL", "loud", 'PAIHAO_LOG_LEVEL is "loud". It must be one of debug, info, warn, error, silent.'],
])("a wrong variable %s is named with what was expected", (name, value, sentence) => {
	const flags = stationFlags(["--data", ".", "--printer", "virtual:p"]);
	expect(() => readConfiguration({ flags, env: { [name]: value }, cwd: emptyFolder() })).toThrow(sentence);
});

test("an empty variable counts as not set", () => {
	const flags = stationFlags(["--data", ".", "--printer", "virtual:p"]);
	expect(readConfiguration({ flags, env: { PAIHAO_PORT: "" }, cwd: emptyFolder() }).port).toBe(8470);
});
