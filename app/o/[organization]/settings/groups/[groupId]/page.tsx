import { GroupPage } from "@/components/groups/group-page";
import { settingsHome } from "../../home";

export default async function Page({ params }: { params: Promise<{ organization: string; groupId: string }> }) {
  const { groupId } = await params;
  const { me, organization } = await settingsHome({ params });
  const asker = { personId: me.id, role: me.role, rules: organization };
  return <GroupPage key={groupId} groupId={groupId} asker={asker} />;
}
