import { resolve } from "node:path";
import type { Command } from "commander";
import { openBeside } from "../../db/station/open.ts";
import { UserError } from "../../lib/errors.ts";
import { openRandom } from "../../lib/random.ts";
import { STAFF_ROLES, type StaffRole, staffRoleSchema } from "../../protocol/model/staff.ts";
import { openSecrets } from "../../station/app/secrets.ts";
import { DATA_FOLDER } from "../../station/app/settings.ts";
import { newPin } from "../../station/staff/new-pin.ts";
import { openStaffAccounts, type StaffAccounts } from "../../station/staff/staff-accounts.ts";
import { tidyName } from "../../station/staff/staff-name.ts";
import { type Context, defineCommand, type Invocation } from "../define-command.ts";
import { openOwnEventLog } from "../open-event-log.ts";

const OPTIONS = { data: DATA_FOLDER };

export function staffCommand(context: Context): Command {
	return defineCommand(context, {
		name: "staff",
		summary: "add, remove or list the staff who may sign in at a desk",
		description: "The station may be running. A PIN is never stored, only a salted hash of it.",
		commands: [
			defineCommand(context, {
				name: "add",
				summary: "make an account, or give an account a new PIN, and print the PIN once",
				description:
					"ROLE is agent (one counter at a time), supervisor (every counter, topics and quotas) or administrator; if none is named, the account's own, and agent for a new one.",
				operands: "<name> [role]",
				options: OPTIONS,
				async run(invocation) {
					const [typed = "", asked] = invocation.operands;
					const named = asked === undefined ? undefined : requireRole(asked);
					const pin = newPin();
					const { name, role } = await withStaff(invocation, async (staff) => {
						const known = staff.find(typed);
						const account = { name: known?.name ?? tidyName(typed), role: named ?? known?.role ?? "agent" };
						await staff.setPin(account.name, pin, account.role, { now: Date.now() });
						return account;
					});
					invocation.print({ name, role, pin }, `${name} signs in as ${role} with the PIN ${pin}. It is shown once.`);
				},
			}),
			defineCommand(context, {
				name: "remove",
				summary: "remove an account",
				operands: "<name>",
				options: OPTIONS,
				async run(invocation) {
					const [name = ""] = invocation.operands;
					const isRemoved = await withStaff(invocation, async (staff) => staff.remove(name, { now: Date.now() }));
					if (!isRemoved)
						throw new UserError(
							"STAFF_UNKNOWN",
							`There is no member of staff called ${name}. "paihao staff list" prints the names.`,
						);
				},
			}),
			defineCommand(context, {
				name: "list",
				summary: "print names and roles",
				options: OPTIONS,
				async run(invocation) {
					const accounts = await withStaff(invocation, async (staff) => staff.list());
					for (const { name, role, hasPin } of accounts)
						invocation.print({ name, role, hasPin }, `${name}  (${role}${hasPin ? "" : ", no PIN yet"})`);
				},
			}),
		],
	});
}

async function withStaff<Result>(
	{ options, cwd, files }: Invocation<typeof OPTIONS>,
	work: (staff: StaffAccounts) => Promise<Result>,
): Promise<Result> {
	const data = resolve(cwd, options().data);
	const { database, close } = openBeside(data, files.migrations);
	try {
		const { id: newId } = openRandom();
		const eventLog = openOwnEventLog(database, { data, newId, now: Date.now() });
		return await work(openStaffAccounts({ database, eventLog, pepper: openSecrets(data).pinPepper, newId }));
	} finally {
		close();
	}
}

function requireRole(text: string): StaffRole {
	const role = staffRoleSchema.safeParse(text);
	if (role.success) return role.data;
	throw new UserError("USAGE", `There is no role "${text}". Use one of ${STAFF_ROLES.join(", ")}.`, { exitCode: 2 });
}
