import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/* Which npm packages are in the product, bundled or beside it, for its notices and its bill of materials. */

export interface ShippedPackage {
	name: string;
	version: string;
	license: string;
	/** The licence's text; undefined where the package has none. */
	text: string | undefined;
	/** The folder that it is installed in. */
	folder: string;
}

interface Manifest {
	name: string;
	version: string;
	license?: string | { type: string };
	dependencies?: Record<string, string>;
	optionalDependencies?: Record<string, string>;
}

/** The rooms that end up in the product. */
const PRODUCT = [
	"api-client",
	"cli",
	"db",
	"electron",
	"lib",
	"printer-simulator",
	"protocol",
	"renderer",
	"server",
	"station",
];

/** Every package that the product's code imports, and what these depend on, by name. `root` is the checkout. */
export function shippedPackages(root: string): ShippedPackage[] {
	// Fonts and programs are found by their path, and imported by nobody.
	return withDependencies(root, [...importedPackages(root), ...declaredPackages(root)]);
}

/** Those that lie beside the program in a package, because it is built without them: the dependencies of package.json. */
export function packagesBeside(root: string): ShippedPackage[] {
	return withDependencies(root, declaredPackages(root));
}

function declaredPackages(root: string): string[] {
	const { dependencies = {} } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Manifest;
	return Object.keys(dependencies);
}

/** The packages of these names as the checkout itself finds them, and all that they depend on, by name. */
function withDependencies(root: string, names: readonly string[]): ShippedPackage[] {
	const found = new Map<string, ShippedPackage>();
	const visit = (name: string, from: string): void => {
		const folder = folderOf(name, from, resolve(root));
		if (folder === undefined || found.has(folder)) return;
		const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
		const { license = "unknown" } = manifest;
		found.set(folder, {
			name: manifest.name,
			version: manifest.version,
			license: typeof license === "string" ? license : license.type,
			text: licenceText(folder),
			folder,
		});
		for (const one of Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies })) visit(one, folder);
	};
	for (const name of names) visit(name, resolve(root));
	return [...found.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

function importedPackages(root: string): Set<string> {
	const names = new Set<string>();
	for (const room of PRODUCT) {
		for (const entry of readdirSync(join(root, room), { recursive: true, withFileTypes: true })) {
			if (!entry.isFile() || !/\.(tsx?|css)$/.test(entry.name)) continue;
			const text = readFileSync(join(entry.parentPath, entry.name), "utf8");
			for (const [, specifier = ""] of text.matchAll(
				/(?:from|import|require\(|@import)\s*\(?["']([^"'.][^"']*)["']/g,
			)) {
				if (specifier.startsWith("node:") || specifier === "electron") continue;
				names.add(
					specifier
						.split("/")
						.slice(0, specifier.startsWith("@") ? 2 : 1)
						.join("/"),
				);
			}
		}
	}
	return names;
}

/** As Node finds a package: in the nearest node_modules above, up to the checkout's own. */
function folderOf(name: string, from: string, top: string): string | undefined {
	for (let at = from; ; at = dirname(at)) {
		const folder = join(at, "node_modules", name);
		if (existsSync(join(folder, "package.json"))) return folder;
		if (at === top || at === dirname(at)) return undefined;
	}
}

function licenceText(folder: string): string | undefined {
	const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying|ofl)(\.|$)/i.test(name));
	return file === undefined ? undefined : readFileSync(join(folder, file), "utf8").trim();
}

/** The notices that go with the product: each package, its licence and the licence's text. */
export function notices(packages: readonly ShippedPackage[]): string {
	const parts = packages.map(({ name, version, license, text }) =>
		[`${name} ${version} (${license})`, text ?? "The package has no licence file of its own."].join("\n\n"),
	);
	const rule = `\n\n${"-".repeat(80)}\n\n`;
	return `Paihao is under the MIT licence. It contains the following packages, each under its own licence.${rule}${parts.join(rule)}\n`;
}
