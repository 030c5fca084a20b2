// Says what it was called with.
export const handler = async (event) => {
  console.log(JSON.stringify(event));
};
