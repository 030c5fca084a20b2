// Tells of large orders.
export const handler = async ({ Records }) => {
  for (const { Sns } of Records) console.log(`a large order: ${Sns.Message}`);
};
