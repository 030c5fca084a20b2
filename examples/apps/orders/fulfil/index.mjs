// Handles orders of the queue, and says which of them it failed at, so that these alone come back.

import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { SNSClient, PublishCommand } from "@aws-sdk/client-sns";

const database = new DynamoDBClient();
const topics = new SNSClient();

const fulfil = async ({ body }) => {
  const { id, article, number } = JSON.parse(body);
  if (!(number > 0)) throw new Error(`the order ${id} is for nothing`);
  const Item = { id: { S: id }, article: { S: article }, number: { N: String(number) } };
  await database.send(new PutItemCommand({ TableName: process.env.STP_ORDERS_NAME, Item }));
  const MessageAttributes = { size: { DataType: "String", StringValue: number > 100 ? "large" : "small" } };
  await topics.send(new PublishCommand({ TopicArn: process.env.STP_PLACED_ARN, Message: body, MessageAttributes }));
};

export const handler = async ({ Records }) => {
  const results = await Promise.allSettled(Records.map(fulfil));
  const failed = Records.filter((_, index) => results[index].status === "rejected");
  results.filter(({ status }) => status === "rejected").forEach(({ reason }) => console.error(String(reason)));
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
};
