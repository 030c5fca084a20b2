// Says who may write: whoever has a key that is in the table of keys.

import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";

const database = new DynamoDBClient();
const TableName = process.env.STP_KEYS_NAME;

export const handler = async ({ headers }) => {
  const { Item } = await database.send(new GetItemCommand({ TableName, Key: { id: { S: headers["x-api-key"] } } }));
  return { isAuthorized: Item !== undefined };
};
