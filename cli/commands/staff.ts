import { randomInt } from "node:crypto";
import { openBeside } from "../../db/station/open.ts";
import { UserError } from "../../lib/errors.ts";
import { openRandom } from "../../lib/random.ts";
import { STAFF_ROLES, type StaffRole, staffRoleSchema } from "../../protocol/model/staff.ts";
import { openSecrets } from "../../station/app/secrets.ts";
import { openStaffAccounts } from "../../station/staff/staff-accounts.ts";
import type { Command } from "../command.ts";
import { readDataOption } from "../data-option.ts";
import { openOwnEventLog } from "../open-event-log.ts";

export const staffCommand: Command = {
	name: "staff",
	summary: "add, remove or list the staff who may sign in at a desk",
	help: `Use: paihao staff add NAME [ROLE] --data DIR   makes an account, or gives NAME a new PIN; prints the PIN once
     paihao staff remove NAME --data DIR       takes the account away
     paihao staff list --data DIR              prints names and roles

ROLE is agent (the own counter; the default), supervisor (every counter, topics and quotas) or
administrator. The station may be running. A PIN is never stored, only a salted hash of it.

  --data DIR          the station's folder, or PAIHAO_DATA`,
	async run(call) {
		const { data, positionals } = readDataOption(call);
		const [action, name, role = "agent"] = positionals;
		const { database, close } = openBeside(data, call.files.migrations);
		try {
			const { id: newId } = openRandom();
			const eventLog = openOwnEventLog(database, { data, newId, now: Date.now() });
			const staff = openStaffAccounts({ database, eventLog, pepper: openSecrets(data).pinPepper, newId });
			if (action === "list") {
				for (const { name, role } of staff.list()) process.stdout.write(`${name}\t${role}\n`);
			} else if (action === "add" && name !== undefined) {
				const pin = newPin();
				await staff.setPin(name, pin, requireRole(role));
				process.stdout.write(`${JSON.stringify({ name, role, pin })}\n`);
			} else if (action === "remove" && name !== undefined) {
				if (!staff.remove(name))
					throw new UserError(
						"STAFF_UNKNOWN",
						`There is no member of staff called ${name}. "paihao staff list" prints the names.`,
					);
			} else {
				throw new UserError("USAGE", 'Say "add NAME", "remove NAME" or "list".', { exitCode: 2 });
			}
		} finally {
			close();
		}
	},
};

function requireRole(text: string): StaffRole {
	const role = staffRoleSchema.safeParse(text);
	if (role.success) return role.data;
	throw new UserError("USAGE", `There is no role ${text}. Name one of ${STAFF_ROLES.join(", ")}.`, { exitCode: 2 });
}

/** Six random digits. */
export function newPin(): string {
	return String(randomInt(0, 1_000_000)).padStart(6, "0");
}
