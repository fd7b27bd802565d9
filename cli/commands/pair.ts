import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { openBeside } from "../../db/station/open.ts";
import { UserError } from "../../lib/errors.ts";
import { openRandom } from "../../lib/random.ts";
import { DEVICE_KINDS, type DeviceKind, deviceKindSchema, deviceNameSchema } from "../../protocol/model/device.ts";
import { openSecrets } from "../../station/app/secrets.ts";
import { openPairing } from "../../station/network/pairing.ts";
import type { Call, Command } from "../command.ts";
import { openOwnEventLog } from "../open-event-log.ts";

export const pairCommand: Command = {
	name: "pair",
	summary: "let a desk, board or further kiosk of the network in, list them, or shut one out",
	help: `Use: paihao pair --as desk|board|kiosk [--name NAME] --data DIR   prints a code of eight digits
     paihao pair --list --data DIR                                 prints id, kind, name and when it was last seen
     paihao pair --remove ID --data DIR                            shuts a device out

The code works once, within ten minutes. Open the station's address on the device (https://ADDRESS:PORT/setup)
and type it. The station may be running. NAME says where the device stands, such as "Counter 3".

  --data DIR          the station's folder, or PAIHAO_DATA`,
	async run(call) {
		const { data, list, remove, as, name } = readOptions(call);
		const { database, close } = openBeside(data, call.files.migrations);
		try {
			const now = Date.now();
			const newId = openRandom().id;
			const eventLog = openOwnEventLog(database, { newId, now, data });
			const pairing = openPairing({ database, eventLog, pepper: openSecrets(data).pinPepper, newId });
			if (list) {
				for (const { id, kind, name, seenAt } of pairing.list())
					process.stdout.write(`${id}\t${kind}\t${name}\t${new Date(seenAt).toISOString()}\n`);
			} else if (remove !== undefined) {
				if (!pairing.remove(remove, { now }))
					throw new UserError("DEVICE_UNKNOWN", `There is no device ${remove}. "paihao pair --list" prints the ids.`);
			} else {
				const kind = requireKind(as);
				const { code, expiresAt } = pairing.makeCode({ kind, name: requireName(name ?? kind) }, { now });
				process.stdout.write(`${JSON.stringify({ code, kind, until: new Date(expiresAt).toISOString() })}\n`);
			}
		} finally {
			close();
		}
	},
};

function readOptions({ argv, env, cwd }: Call) {
	const options = {
		data: { type: "string" },
		as: { type: "string" },
		name: { type: "string" },
		list: { type: "boolean" },
		remove: { type: "string" },
	} as const;
	let values: ReturnType<typeof parseArgs<{ options: typeof options }>>["values"];
	try {
		({ values } = parseArgs({ args: [...argv], options, allowPositionals: false }));
	} catch (error) {
		throw usage(error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error));
	}
	const data = values.data ?? env.PAIHAO_DATA;
	if (data === undefined) throw usage("Name the station's folder with --data DIR or PAIHAO_DATA.");
	const asked = [values.as, values.list, values.remove].filter((one) => one !== undefined).length;
	if (asked !== 1) throw usage("Say one of --as desk|board|kiosk, --list and --remove ID.");
	return { ...values, data: resolve(cwd, data) };
}

function requireKind(text: string | undefined): DeviceKind {
	const kind = deviceKindSchema.safeParse(text);
	if (kind.success) return kind.data;
	throw usage(`A device cannot be a ${text}. Name one of ${DEVICE_KINDS.join(", ")}.`);
}

function requireName(text: string): string {
	const name = deviceNameSchema.safeParse(text);
	if (name.success) return name.data;
	throw usage("A device's name is 1 to 40 characters. Choose another.");
}

function usage(sentence: string): UserError {
	return new UserError("USAGE", sentence, { exitCode: 2 });
}
