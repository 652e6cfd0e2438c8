import { GroupPage } from "@/components/groups/group-page";

export default async function Page({ params }: { params: Promise<{ groupId: string }> }) {
  const { groupId } = await params;
  return <GroupPage key={groupId} groupId={groupId} />;
}
