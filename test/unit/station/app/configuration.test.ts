import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { stationCommand } from "../../../../cli/commands/station.ts";
import { UserError } from "../../../../lib/errors.ts";
import { readConfiguration, SETTINGS, variablesOf } from "../../../../station/app/configuration.ts";
import { emptyFolder } from "../../../fixtures/station-folder.ts";

test("a flag wins over the variable, the variable over the file, the file over the default", () => {
	const cwd = emptyFolder();
	mkdirSync(join(cwd, "data"));
	fc.assert(
		fc.property(fc.subarray(["flag", "variable", "file"]), (given) => {
			const ports = { flag: 1001, variable: 1002, file: 1003 } as const;
			writeFileSync(join(cwd, "data/paihao.json"), JSON.stringify(given.includes("file") ? { port: ports.file } : {}));
			const { port } = readConfiguration({
				argv: [
					"--data",
					"data",
					"--printer",
					"virtual:paper",
					...(given.includes("flag") ? ["--port", String(ports.flag)] : []),
				],
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
		readConfiguration({ argv: ["--data", "d", "--printer", "virtual:paper", "--catalogue", "c"], env: {}, cwd }),
	).toMatchObject({
		data: join(cwd, "d"),
		printer: `virtual:${join(cwd, "paper")}`,
		catalogue: join(cwd, "c"),
		headless: false,
	});
});

test("a station keeps its hours unless it is told otherwise", () => {
	const read = (...more: string[]) =>
		readConfiguration({ argv: ["--data", "d", "--printer", "virtual:p", ...more], env: {}, cwd: "/" }).outsideHours;
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
	const given = readConfiguration({ argv: ["--data", "/d", "--printer", "tcp://p:1", ...flags], env: {}, cwd: "/" });
	expect(readConfiguration({ argv: [], env: variablesOf(given), cwd: "/" })).toEqual(given);
});

test.each([
	["a key that is none", { prot: 1 }],
	["a list", []],
])("a configuration file with %s is refused whole", (_, content) => {
	const cwd = emptyFolder();
	writeFileSync(join(cwd, "paihao.json"), JSON.stringify(content));
	const read = () => readConfiguration({ argv: ["--data", ".", "--printer", "virtual:p"], env: {}, cwd });
	expect(read).toThrow(UserError);
	expect(read).toThrow(/must be a JSON object with the keys data, port/);
});

test.each([
	["https://queue.example/", "https://queue.example"],
	["http://192.168.1.5:8470", "http://192.168.1.5:8470"],
])("phones reach it under %s", (given, kept) => {
	const argv = ["--data", ".", "--printer", "virtual:p", "--phone-address", given];
	expect(readConfiguration({ argv, env: {}, cwd: emptyFolder() }).phoneAddress).toBe(kept);
});

test.each(["queue.example", "ftp://queue.example", ""])("an address for phones cannot be %j", (given) => {
	const argv = ["--data", ".", "--printer", "virtual:p", `--phone-address=${given}`];
	expect(() => readConfiguration({ argv, env: {}, cwd: emptyFolder() })).toThrow(/phone-address cannot be/);
});

/** Each setting with another value than its default. */
const UNUSUAL = {
	data: "/srv/a station",
	port: "1001",
	host: "127.0.0.2",
	network: "0.0.0.0",
	"network-port": "1002",
	"tls-certificate": "/srv/certificate.pem",
	"tls-key": "/srv/key.pem",
	"plain-http": "true",
	site: "another-site",
	printer: "virtual:/srv/paper",
	"phone-address": "https://queue.example",
	catalogue: "/srv/catalogue",
	"retention-days": "7",
	"outside-hours": "issue",
	"log-level": "error",
	headless: "true",
} satisfies Record<Exclude<keyof typeof SETTINGS, "config">, string>;

test("what is read is read again from its variables, whatever was set: so it reaches the program inside Electron", () => {
	const optional = Object.keys(UNUSUAL).filter((name) => !["data", "printer", "network", "tls-key"].includes(name));
	fc.assert(
		fc.property(fc.subarray(optional), (names) => {
			const cwd = emptyFolder();
			const needed = ["data", "printer", "network", ...(names.includes("tls-certificate") ? ["tls-key"] : [])];
			const file = join(cwd, "settings.json");
			const settings = Object.fromEntries(
				Object.entries(UNUSUAL).filter(([name]) => needed.includes(name) || names.includes(name)),
			);
			writeFileSync(file, JSON.stringify(settings));
			const read = readConfiguration({ argv: ["--config", file], env: {}, cwd: "/" });
			expect(readConfiguration({ argv: [], env: variablesOf(read), cwd: "/elsewhere" })).toEqual(read);
			for (const name of names) expect(Object.values(variablesOf(read)), name).toContain(settings[name]);
		}),
	);
});

test("the help names every setting", () => {
	for (const name of Object.keys(SETTINGS)) expect(stationCommand.help).toMatch(new RegExp(`^  --${name}( |$)`, "m"));
});
