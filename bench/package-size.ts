import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import manifest from "../package.json" with { type: "json" };
import { buildDebianPackages } from "../scripts/package/debian.ts";
import { writeFigure } from "./figure.ts";
import { TOP } from "./station-process.ts";

/** What a station downloads: the Debian packages as they are released, without fonts. */
export async function benchPackageSize(): Promise<void> {
	if (spawnSync("dpkg-deb", ["--version"]).error) {
		process.stderr.write("package-size is left out: dpkg-deb is not on this machine.\n");
		return;
	}
	const out = mkdtempSync(join(tmpdir(), "paihao-bench-packages-"));
	try {
		const files = buildDebianPackages({ root: TOP, out, version: manifest.version, epoch: 0, compression: "xz" });
		const sizes = Object.fromEntries(
			files.map((file) => [basename(file).split("_")[0] ?? "", statSync(file).size / 1_000_000]),
		);
		writeFigure({
			figure: "package-size: a station without fonts (paihao, paihao-station)",
			value: (sizes.paihao ?? Number.NaN) + (sizes["paihao-station"] ?? Number.NaN),
			unit: "MB",
			goal: { atMost: 60 },
			beside: sizes,
		});
	} finally {
		rmSync(out, { recursive: true });
	}
}
