import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** In the data folder: the kiosk's address with its key, for a window that another program opens ("paihao kiosk"). */
export const ADDRESS_FILE = "kiosk-address";

/** Whole or not at all: a window may be reading it. */
export function writeAddressFile(data: string, address: string): void {
	const file = join(data, ADDRESS_FILE);
	writeFileSync(`${file}.new`, `${address}\n`, { mode: 0o600 });
	renameSync(`${file}.new`, file);
}
