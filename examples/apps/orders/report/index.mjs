// Says every morning how many orders could not be handled.

import { SQSClient, GetQueueAttributesCommand } from "@aws-sdk/client-sqs";

const queues = new SQSClient();

export const handler = async () => {
  const AttributeNames = ["ApproximateNumberOfMessages"];
  const { Attributes } = await queues.send(new GetQueueAttributesCommand({ QueueUrl: process.env.STP_FAILED_URL, AttributeNames }));
  console.log(`${Attributes.ApproximateNumberOfMessages} orders could not be handled`);
};
