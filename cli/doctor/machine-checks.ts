import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { readDiskSpace } from "../../lib/disk-space.ts";
import { findListenError, type Place } from "../../lib/http/listen.ts";
import { reportDisk } from "../../protocol/model/disk.ts";
import { type Check, failed, ok, warning } from "./finding.ts";

/* What every machine needs, whichever program runs on it. */

/** The data folder and its files belong to the user who asks, and only that user gets in. */
export function checkFolder(folder: string, privateFiles: readonly string[], folderMode: number): Check {
	return {
		name: "folder",
		run() {
			if (!existsSync(folder)) return warning(`There is no folder ${folder} yet. The first start makes it.`);
			try {
				accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
			} catch {
				return failed(
					`This user may not write ${folder}. Run as the user of the service, or make it the owner (chown).`,
				);
			}
			if (process.platform === "win32") return ok(`${folder} can be written.`);
			const owner = statSync(folder).uid;
			const present = privateFiles.filter((name) => existsSync(join(folder, name)));
			const foreign = present.filter((name) => statSync(join(folder, name)).uid !== owner);
			if (foreign.length > 0)
				return failed(
					`${foreign.join(", ")} in ${folder} belongs to another user than the folder. Make one user the owner of all (chown -R).`,
				);
			const open = [
				...(isWider(folder, folderMode) ? [folder] : []),
				...present.filter((name) => isWider(join(folder, name), 0o600)),
			];
			if (open.length > 0)
				return warning(`Other users can read ${open.join(", ")}. The next start takes that right away.`);
			return ok(`${folder} belongs to its user alone.`);
		},
	};
}

const isWider = (path: string, mode: number) => (statSync(path).mode & 0o777 & ~mode) !== 0;

export function checkDisk(folder: string): Check {
	return {
		name: "disk",
		run() {
			const space = readDiskSpace(existsSync(folder) ? folder : join(folder, ".."));
			if (space === undefined) return undefined;
			const { state, freePercent } = reportDisk(space);
			const free = `${Math.floor(space.freeBytes / 1024 / 1024)} MB (${freePercent}%) of the disk are free`;
			if (state === "full") return failed(`${free}. Free some space before you start.`);
			if (state === "low") return warning(`${free}. Free some space soon.`);
			return ok(`${free}.`);
		},
	};
}

/** `builtAt`: no right clock is before it. Linux says whether a time server keeps the clock. */
export function checkClock(now: number, builtAt: number): Check {
	return {
		name: "clock",
		run() {
			const time = new Date(now).toISOString().slice(0, 16).replace("T", " ");
			if (now < builtAt) return failed(`It is ${time} UTC here, before this program was made. Set the clock.`);
			const { status, stdout } = spawnSync("timedatectl", ["show", "-p", "NTPSynchronized", "--value"], {
				encoding: "utf8",
			});
			if (status === 0 && stdout.trim() === "no")
				return warning(
					`It is ${time} UTC here, and no time server keeps the clock. Switch one on: timedatectl set-ntp true.`,
				);
			return ok(`It is ${time} UTC.`);
		},
	};
}

/** A port is free, or the program that should be there answers. */
export function checkPort(name: string, place: Place, isOurs: () => Promise<boolean>): Check {
	return {
		name,
		async run() {
			const at = `port ${place.port} of ${place.host}`;
			const error = await findListenError(place);
			if (error === undefined) return ok(`The ${at} is free: the program does not run.`);
			if (error.code !== "EADDRINUSE")
				return failed(`Nothing can listen on ${at} (${error.code}). Name another address.`);
			return (await isOurs())
				? ok(`The program runs on ${at}.`)
				: failed(`Another program uses ${at}. End it, or name another port.`);
		},
	};
}
