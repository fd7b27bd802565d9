import { STAFF_ROLES, type StaffRole } from "../../protocol/model/staff.ts";
import { Refusal } from "../refusal.ts";

const rankOf = (role: StaffRole) => STAFF_ROLES.indexOf(role);

/** Supervisors manage agents and each other; only administrators manage administrators. */
export function mayManage(own: StaffRole, other: StaffRole): boolean {
	return own !== "agent" && rankOf(other) <= rankOf(own);
}

export function requireMayManage(own: StaffRole, other: StaffRole): void {
	if (!mayManage(own, other)) throw new Refusal("ROLE_REQUIRED", { role: own, required: other });
}
