import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { StartDeviceProgram } from "../printing/transport/device-program.ts";

/** Where the product's own files lie; all of them are only read. */
export interface AssetPaths {
	version: string;
	/** Default catalogue. */
	catalogue: string;
	/** Words of screens and paper, one folder each. */
	languages: string;
	/** What is spoken, one file a language. */
	speech: string;
	migrations: string;
	/** Built pages. */
	screens: string;
	/** The drawing thread's program. */
	renderWorker: URL;
	/** The device process's program, or what starts it where that cannot be Node itself. */
	deviceProcess: URL | StartDeviceProgram;
}

/** The files under the product's top folder. Source and build differ only in the two programs at the end. */
export function assetPathsUnder(top: string, version: string): AssetPaths {
	return {
		version,
		catalogue: join(top, "resources/catalogue"),
		languages: join(top, "resources/languages"),
		speech: join(top, "resources/speech"),
		migrations: join(top, "db/station/migrations"),
		screens: join(top, "out/renderer"),
		renderWorker: pathToFileURL(join(top, "out/main/render-worker.js")),
		deviceProcess: pathToFileURL(join(top, "out/main/device-process.js")),
	};
}
