import { join } from "node:path";
import { writePrivateFile } from "../../lib/write-private-file.ts";

/** In the data folder: the kiosk's address with its key, for a window that another program opens ("paihao kiosk"). */
export const ADDRESS_FILE = "kiosk-address";

/** Whole or not at all: a window may be reading it. */
export function writeAddressFile(data: string, address: string): void {
	writePrivateFile(join(data, ADDRESS_FILE), `${address}\n`);
}
