import type { StaffId } from "../../protocol/model/ids.ts";
import { Refusal } from "../refusal.ts";
import { mayManage, requireMayManage } from "../staff/manage-accounts.ts";
import { newPin } from "../staff/new-pin.ts";
import { isStaffName, tidyName } from "../staff/staff-name.ts";
import { type CallContext, os } from "./call.ts";
import type { Guards } from "./guards.ts";
import type { RouterDeps } from "./router-deps.ts";

/** The accounts of the station, as supervisors manage them. */
export function makeStaffRoutes({ staff, sessions, clock }: RouterDeps, { requireSupervisor }: Guards) {
	/** An account that the caller may change. */
	const manageable = (context: CallContext, id: StaffId) => {
		const session = requireSupervisor(context);
		const account = staff.list().find((one) => one.id === id);
		if (!account) throw new Refusal("STAFF_UNKNOWN", { staff: id });
		requireMayManage(session.role, account.role);
		return { account, session, actor: { by: session.staffId, now: clock() } };
	};
	const notOwn = (context: CallContext, id: StaffId) => {
		const found = manageable(context, id);
		if (found.session.staffId === id) throw new Refusal("OWN_ACCOUNT");
		return found;
	};

	return {
		staff: {
			list: os.staff.list.handler(({ context }) => {
				const { role } = requireSupervisor(context);
				const now = clock();
				const signedIn = sessions.list(now);
				const accounts = staff.list().map((account) => ({
					...account,
					counter: signedIn.find(({ staffId }) => staffId === account.id)?.counter ?? null,
					lockedUntil: staff.lockedUntil(account.id, now),
					isManageable: mayManage(role, account.role),
				}));
				return { at: now, accounts };
			}),
			add: os.staff.add.handler(async ({ input, context }) => {
				const { role, staffId } = requireSupervisor(context);
				requireMayManage(role, input.role);
				const name = tidyName(input.name);
				if (!isStaffName(name)) throw new Refusal("NAME_REFUSED");
				const pin = newPin();
				const { id } = await staff.add(name, pin, input.role, { by: staffId, now: clock() });
				return { id, name, pin };
			}),
			resetPin: os.staff.resetPin.handler(async ({ input, context }) => {
				const { actor } = manageable(context, input.id);
				const pin = newPin();
				const { id, name } = await staff.resetPin(input.id, pin, actor);
				return { id, name, pin };
			}),
			setRole: os.staff.setRole.handler(({ input, context }) => {
				const { session, actor } = notOwn(context, input.id);
				requireMayManage(session.role, input.role);
				staff.setRole(input.id, input.role, actor);
			}),
			unlock: os.staff.unlock.handler(({ input, context }) => {
				const { actor } = manageable(context, input.id);
				staff.unlock(input.id, actor);
			}),
			remove: os.staff.remove.handler(({ input, context }) => {
				const { account, actor } = notOwn(context, input.id);
				staff.remove(account.name, actor);
			}),
		},
	};
}
