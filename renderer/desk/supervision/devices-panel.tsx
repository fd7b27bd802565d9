import { type FormEvent, useState } from "react";
import type { CreatedCode } from "../../../protocol/model/device.ts";
import { DEVICE_KINDS, type DeviceKind } from "../../i18n/device-kinds.ts";
import type { PanelProps } from "./panel.tsx";
import { List } from "./panel.tsx";
import styles from "./supervision-screen.module.css";
import { useRequest } from "./use-request.ts";

/** The paired desks, boards and kiosks, and codes for new ones. */
export function DevicesPanel({ supervisor, changed, messages, t, clock, report, why }: PanelProps) {
	const request = useRequest(supervisor.devices, changed);
	const [kind, setKind] = useState<DeviceKind>("desk");
	const [name, setName] = useState("");
	const [newCode, setNewCode] = useState<CreatedCode | null>(null);
	const network = request.value?.network;
	const address = network?.addresses[0];
	const submit = async (event: FormEvent) => {
		event.preventDefault();
		const answer = report(await supervisor.createCode(kind, name.trim() || t(`deviceKind_${kind}`)));
		setNewCode(answer.kind === "ok" ? answer.value : null);
	};
	return (
		<>
			<List
				request={request}
				columns={[t("device"), t("name"), t("seen"), t("actions")]}
				none={t("noDevices")}
				messages={messages}
				why={why}
				rows={({ devices }) =>
					devices.map(({ id, kind: deviceKind, name: deviceName, seenAt }) => (
						<tr key={id}>
							<th scope="row">{t(`deviceKind_${deviceKind}`)}</th>
							<td>
								<bdi>{deviceName}</bdi>
							</td>
							<td>{clock(seenAt)}</td>
							<td className={styles.rowActions}>
								<button
									type="button"
									aria-label={t("removeOf", { name: deviceName })}
									onClick={async () => {
										report(await supervisor.removeDevice(id));
										request.reload();
									}}
								>
									{t("remove")}
								</button>
							</td>
						</tr>
					))
				}
			/>
			{network !== undefined && address === undefined && <p className={styles.soft}>{t("noNetwork")}</p>}
			{address !== undefined && (
				<form className={styles.pairing} onSubmit={(event) => void submit(event)}>
					<h3>{t("newDevice")}</h3>
					<select aria-label={t("device")} value={kind} onChange={(event) => setKind(event.target.value as DeviceKind)}>
						{DEVICE_KINDS.map((one) => (
							<option key={one} value={one}>
								{t(`deviceKind_${one}`)}
							</option>
						))}
					</select>
					<input
						type="text"
						maxLength={40}
						aria-label={t("devicePlace")}
						placeholder={t("devicePlace")}
						value={name}
						onChange={(event) => setName(event.target.value)}
					/>
					<button type="submit">{t("makeCode")}</button>
					{newCode !== null && (
						<p role="status" className={styles.newCode}>
							<strong>
								{newCode.code.slice(0, 4)} {newCode.code.slice(4)}
							</strong>
							<span>{t("codeUntil", { address, time: clock(newCode.expiresAt) })}</span>
						</p>
					)}
					{network?.certificate && (
						<p className={styles.fingerprint}>{t("fingerprint", { fingerprint: network.certificate.fingerprint })}</p>
					)}
				</form>
			)}
			<p>
				<a href="/setup">{t("toSetup")}</a>
			</p>
		</>
	);
}
