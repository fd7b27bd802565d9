import { type FormEvent, useState } from "react";
import type { NewPin, StaffAccountView, StaffRole } from "../../../protocol/model/staff.ts";
import type { PanelProps } from "./panel.tsx";
import { List } from "./panel.tsx";
import styles from "./supervision-screen.module.css";
import { useRequest } from "./use-request.ts";

const ROLES: readonly StaffRole[] = ["agent", "supervisor", "administrator"];

/** The accounts: add one, give it another role or a new PIN, unlock it, end its session, remove it. */
export function StaffPanel(props: PanelProps) {
	const { supervisor, role: ownRole, messages, t, clock, report, why } = props;
	const request = useRequest(supervisor.accounts, props.changed);
	const [name, setName] = useState("");
	const [role, setRole] = useState<StaffRole>("agent");
	const [newPin, setNewPin] = useState<NewPin | null>(null);
	const roles = ROLES.filter((one) => ROLES.indexOf(one) <= ROLES.indexOf(ownRole));
	const add = async (event: FormEvent) => {
		event.preventDefault();
		const answer = report(await supervisor.addAccount(name, role));
		if (answer.kind !== "ok") return;
		setNewPin(answer.value);
		setName("");
		request.reload();
	};
	return (
		<>
			<form className={styles.pairing} onSubmit={(event) => void add(event)}>
				<h3>{t("staffAdd")}</h3>
				<input
					type="text"
					maxLength={64}
					required
					aria-label={t("name")}
					placeholder={t("name")}
					value={name}
					onChange={(event) => setName(event.target.value)}
				/>
				<RoleSelect label={t("staffRole")} roles={roles} value={role} t={t} onChange={setRole} />
				<button type="submit">{t("staffAddDo")}</button>
				{newPin !== null && (
					<p role="status" className={styles.newCode}>
						<strong>{newPin.pin}</strong>
						<span>{t("staffPinOnce", { name: newPin.name })}</span>
					</p>
				)}
			</form>
			<List
				request={request}
				columns={[t("name"), t("staffRole"), t("state"), t("actions")]}
				none={t("nobody")}
				messages={messages}
				why={why}
				rows={({ accounts }) =>
					accounts.map((account) => (
						<tr key={account.id}>
							<th scope="row">
								<bdi className={styles.person}>{account.name}</bdi>
							</th>
							<td>
								{account.isManageable ? (
									<RoleSelect
										label={t("labelled", { label: account.name, value: t("staffRole") })}
										roles={roles}
										value={account.role}
										t={t}
										onChange={async (chosen) => {
											report(await supervisor.setRole(account.id, chosen));
											request.reload();
										}}
									/>
								) : (
									t(`role_${account.role}`)
								)}
							</td>
							<td>
								<AccountState account={account} t={t} clock={clock} />
							</td>
							<td className={styles.rowActions}>
								{account.isManageable && (
									<AccountActions {...props} account={account} reload={request.reload} onNewPin={setNewPin} />
								)}
							</td>
						</tr>
					))
				}
			/>
		</>
	);
}

interface RoleSelectProps extends Pick<PanelProps, "t"> {
	label: string;
	roles: readonly StaffRole[];
	value: StaffRole;
	onChange(role: StaffRole): unknown;
}

function RoleSelect({ label, roles, value, t, onChange }: RoleSelectProps) {
	return (
		<select aria-label={label} value={value} onChange={(event) => onChange(event.target.value as StaffRole)}>
			{roles.map((one) => (
				<option key={one} value={one}>
					{t(`role_${one}`)}
				</option>
			))}
		</select>
	);
}

function AccountState({ account, t, clock }: { account: StaffAccountView } & Pick<PanelProps, "t" | "clock">) {
	const { counter, lockedUntil, hasPin } = account;
	if (!hasPin) return <span className={styles.paused}>{t("staffNoPin")}</span>;
	return (
		<>
			{counter === null ? <span className={styles.soft}>{t("staffAway")}</span> : t("staffAt", { counter })}
			{lockedUntil !== null && <span className={styles.paused}> {t("staffLocked", { time: clock(lockedUntil) })}</span>}
		</>
	);
}

interface AccountActionsProps extends PanelProps {
	account: StaffAccountView;
	reload(): void;
	onNewPin(pin: NewPin): void;
}

function AccountActions({ supervisor, account, t, report, reload, onNewPin }: AccountActionsProps) {
	const { id, name, lockedUntil } = account;
	// Removing is asked twice: the account's PIN is gone with it.
	const [isRemoving, setRemoving] = useState(false);
	const labelOf = (action: string) => t("labelled", { label: name, value: action });
	return (
		<>
			{lockedUntil !== null && (
				<button
					type="button"
					aria-label={labelOf(t("staffUnlock"))}
					onClick={async () => {
						report(await supervisor.unlock(id));
						reload();
					}}
				>
					{t("staffUnlock")}
				</button>
			)}
			<button
				type="button"
				aria-label={labelOf(t("staffResetPin"))}
				onClick={async () => {
					const answer = report(await supervisor.resetPin(id));
					if (answer.kind === "ok") onNewPin(answer.value);
					reload();
				}}
			>
				{t("staffResetPin")}
			</button>
			<button
				type="button"
				aria-label={labelOf(t("staffRemove"))}
				onBlur={() => setRemoving(false)}
				onClick={async () => {
					if (!isRemoving) return setRemoving(true);
					setRemoving(false);
					report(await supervisor.removeAccount(id));
					reload();
				}}
			>
				{t(isRemoving ? "staffRemoveSure" : "staffRemove")}
			</button>
		</>
	);
}
