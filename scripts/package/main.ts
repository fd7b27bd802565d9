import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findElectron } from "../../cli/find-electron.ts";
import manifest from "../../package.json" with { type: "json" };
import { buildDebianPackages } from "./debian.ts";
import { packagesOfOtherSystems } from "./other-systems.ts";
import { notices, shippedPackages } from "./shipped-packages.ts";

/* `npm run package`: everything that this machine can build, in dist/packages, and a sentence for what it cannot. */

const root = fileURLToPath(new URL("../..", import.meta.url));
const out = join(root, "dist/packages");
const say = (sentence: string) => void process.stdout.write(`${sentence}\n`);

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const shipped = shippedPackages(root);
writeFileSync(join(out, "NOTICES.txt"), notices(shipped));
const sbom = spawnSync("npm", ["sbom", "--sbom-format", "cyclonedx"], {
	...{ cwd: root, encoding: "utf8", maxBuffer: 64_000_000, shell: process.platform === "win32" },
});
if (sbom.status === 0) writeFileSync(join(out, "paihao.cdx.json"), sbom.stdout);
else say("No bill of materials: npm sbom did not succeed.");

if (spawnSync("dpkg-deb", ["--version"]).status === 0) {
	const files = buildDebianPackages({ root, out, version: manifest.version, epoch: commitTime(), compression: "xz" });
	for (const file of files) say(`Built ${file.slice(root.length)}`);
} else say("No Debian packages of the services: dpkg-deb is not on this machine.");

const electron = await findElectron(root, process.env);
if (electron.kind === "found") {
	const builder = join(root, "node_modules/electron-builder/cli.js");
	const { status } = spawnSync(process.execPath, [builder, "--publish", "never", `-c.directories.output=${out}`], {
		...{ cwd: root, stdio: "inherit" },
	});
	if (status !== 0) process.exitCode = 1;
} else say(`No packages of the shell: ${electron.because}.`);
for (const sentence of packagesOfOtherSystems(process.platform)) say(sentence);

const sums = readdirSync(out, { withFileTypes: true })
	.filter((entry) => entry.isFile())
	.map(
		({ name }) =>
			`${createHash("sha256")
				.update(readFileSync(join(out, name)))
				.digest("hex")}  ${name}`,
	);
writeFileSync(join(out, "SHA256SUMS"), `${sums.join("\n")}\n`);

/** When the sources were committed, in seconds: the same commit makes the same packages. */
function commitTime(): number {
	const { stdout } = spawnSync("git", ["log", "-1", "--format=%ct"], { cwd: root, encoding: "utf8" });
	return Number(stdout.trim()) || Math.floor(Date.now() / 1_000);
}
