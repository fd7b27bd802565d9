import { resolve } from "node:path";
import type { Command } from "commander";
import { openBeside } from "../../db/station/open.ts";
import { UserError } from "../../lib/errors.ts";
import { openRandom } from "../../lib/random.ts";
import { oneOf, onOff, text } from "../../lib/settings/setting.ts";
import { DEVICE_KINDS, deviceNameSchema } from "../../protocol/model/device.ts";
import { deviceIdInputSchema } from "../../protocol/model/ids.ts";
import { openSecrets } from "../../station/app/secrets.ts";
import { DATA_FOLDER } from "../../station/app/settings.ts";
import { openPairing } from "../../station/network/pairing.ts";
import { type Context, defineCommand } from "../define-command.ts";
import { openOwnEventLog } from "../open-event-log.ts";

const OPTIONS = {
	data: DATA_FOLDER,
	as: {
		...oneOf(DEVICE_KINDS),
		placeholder: "KIND",
		help: "print a code of eight digits that pairs such a device",
		isFlagOnly: true,
	},
	name: {
		schema: deviceNameSchema,
		expected: "1 to 40 characters",
		placeholder: "NAME",
		help: 'where the device is, such as "Counter 3"; with --as',
		isFlagOnly: true,
	},
	list: { ...onOff, help: "print each device's id, kind and name, and when it was last seen", isFlagOnly: true },
	remove: {
		...text("the id of a device"),
		schema: deviceIdInputSchema,
		placeholder: "ID",
		help: "remove a device",
		isFlagOnly: true,
	},
} as const;

export function pairCommand(context: Context): Command {
	return defineCommand(context, {
		name: "pair",
		summary: "pair a desk, board or further kiosk of the network, list the devices, or remove one",
		description: `The code works once, within ten minutes. Open the station's address on the device (https://ADDRESS:PORT/setup) and
type it. The station may be running.`,
		options: OPTIONS,
		async run({ options, cwd, files, print }) {
			const { data: folder, list, remove, as: kind, name } = options();
			if ([kind, list, remove].filter((one) => one !== undefined).length !== 1)
				throw new UserError("USAGE", "Add one of --as KIND, --list and --remove ID.", { exitCode: 2 });
			const data = resolve(cwd, folder);
			const { database, close } = openBeside(data, files.migrations);
			try {
				const now = Date.now();
				const newId = openRandom().id;
				const eventLog = openOwnEventLog(database, { newId, now, data });
				const pairing = openPairing({ database, eventLog, pepper: openSecrets(data).pinPepper, newId });
				if (kind !== undefined) {
					const { code, expiresAt } = pairing.makeCode({ kind, name: name ?? kind }, { now });
					const until = new Date(expiresAt);
					print(
						{ code, kind, until: until.toISOString() },
						`Type ${code} on the ${kind} before ${until.toLocaleTimeString()}. It works once.`,
					);
				} else if (remove !== undefined) {
					if (!pairing.remove(remove, { now }))
						throw new UserError("DEVICE_UNKNOWN", `There is no device ${remove}. "paihao pair --list" prints the ids.`);
				} else {
					for (const { id, kind, name, seenAt } of pairing.list()) {
						const seen = new Date(seenAt).toISOString();
						print({ id, kind, name, seenAt: seen }, `${id}  ${kind}  ${name}  last seen ${seen}`);
					}
				}
			} finally {
				close();
			}
		},
	});
}
