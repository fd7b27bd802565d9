import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findCommand } from "../../fixtures/command-line.ts";
import { composedServer, composeText, mapOf, readYaml, textsOf } from "../../fixtures/compose.ts";
import { TOP } from "../../fixtures/station-folder.ts";

const compose = () => mapOf(readYaml(composeText()));
const services = () => Object.entries(mapOf(compose().services)).map(([name, of]) => ({ name, ...mapOf(of) }));
const service = (name: string) => services().find((one) => one.name === name) ?? { name };
const setTo = (flag: string) =>
	composedServer()
		.find((one) => one.startsWith(`--${flag}=`))
		?.split("=")[1];

test("whatever a service names is there: services, volumes, configs", () => {
	const { volumes, configs } = compose();
	const names = services().map(({ name }) => name);
	expect(names).toEqual(["database", "server-data-owner", "server-1", "server-2", "proxy"]);
	for (const one of services()) {
		expect(one, one.name).toMatchObject({ image: expect.stringMatching(/^[a-z]+:[\w.-]+$/) });
		const of = mapOf(one);
		expect(names).toEqual(expect.arrayContaining(Object.keys(mapOf(of.depends_on))));
		const mounted = textsOf(of.volumes).map((volume) => volume.split(":")[0] ?? "");
		expect(["."].concat(Object.keys(mapOf(volumes)))).toEqual(expect.arrayContaining(mounted));
		for (const { source } of [of.configs].flat().map(mapOf))
			if (source) expect(mapOf(configs)).toHaveProperty([String(source)]);
	}
	expect(
		new Set(services().flatMap((one) => textsOf(mapOf(one).volumes).map((volume) => volume.split(":")[0]))),
	).toEqual(new Set([".", ...Object.keys(mapOf(volumes))]));
});

test("the servers are the same, without a state of their own, and write only where a volume is", () => {
	const [{ name: _, ...one }, { name: __, ...other }] = [service("server-1"), service("server-2")];
	expect(one).toEqual(other);
	const of = mapOf(one);
	expect(of).toMatchObject({ read_only: "true", user: "node" });
	const mounted = textsOf(of.volumes).map((volume) => volume.split(":")[1]);
	expect(mounted).toEqual(expect.arrayContaining([setTo("data"), setTo("export-to")]));
	expect(String(mapOf(service("server-data-owner")).command).split(" ")).toEqual(
		expect.arrayContaining([setTo("data"), setTo("export-to")]),
	);
});

test("what is run is there: each flag and each command of the file is one of the program's", async () => {
	const [first, ...flags] = composedServer();
	expect(first).toBe("server");
	const flagsOf = async (...words: string[]) => (await findCommand(...words)).options.map(({ long }) => long);
	for (const flag of flags) expect(await flagsOf("server")).toContain(flag.split("=")[0]);
	const called = [...composeText().matchAll(/bin\/paihao\.mjs (server) ([a-z-]+) (--[a-z]+)/g)];
	expect(called.length).toBeGreaterThan(0);
	for (const [, server = "", command = "", flag] of called) expect(await flagsOf(server, command)).toContain(flag);
	expect(existsSync(join(TOP, "bin/paihao.mjs"))).toBe(true);
});

test("database, servers and proxy fit each other: names, ports, the network that is trusted", () => {
	const database = mapOf(mapOf(service("database")).environment);
	const url = String(mapOf(mapOf(service("server-1")).environment).PAIHAO_DATABASE);
	expect(url).toMatch(
		new RegExp(`^postgres://${database.POSTGRES_USER}:\\$\\{\\w+:\\?.*\\}@database:5432/${database.POSTGRES_DB}$`),
	);
	expect(url).toContain(String(database.POSTGRES_PASSWORD));
	const port = setTo("port");
	const caddy = String(mapOf(mapOf(compose().configs).proxy).content);
	expect(caddy).toContain(`reverse_proxy server-1:${port} server-2:${port} {`);
	expect(caddy).toContain("flush_interval -1");
	const networks = mapOf(mapOf(mapOf(compose().networks).default).ipam);
	expect(networks.config).toEqual([{ subnet: setTo("trust-proxy") }]);
	const health = textsOf(mapOf(mapOf(service("server-1")).healthcheck).test).at(-1);
	expect(health).toContain(`http://127.0.0.1:${port}/health`);
});

test("a slip of the hand is found", () => {
	const text = composeText();
	for (const [from, to] of [
		["  database:\n    image", "   database:\n    image"],
		["<<: *server", "<<: *servers"],
		["    restart: unless-stopped\n    shm_size", "    restart unless-stopped\n    shm_size"],
	] as const) {
		expect(text).toContain(from);
		expect(() => readYaml(text.replace(from, to))).toThrow(/^line \d+/);
	}
});
