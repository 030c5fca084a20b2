// The stack of ../subject.rs in the AWS CDK, of L1 constructs: exactly one for each resource that stacktape renders, with the same
// properties. L2 constructs would make other resources (a role of its own here, a custom resource there), and more of them, so that
// the two sides would not do the same work.

import { Aws, Fn, Stack, Tags } from "aws-cdk-lib";
import * as api from "aws-cdk-lib/aws-apigatewayv2";
import * as ec2 from "aws-cdk-lib/aws-ec2";
import * as ecs from "aws-cdk-lib/aws-ecs";
import * as iam from "aws-cdk-lib/aws-iam";
import * as logs from "aws-cdk-lib/aws-logs";
import * as discovery from "aws-cdk-lib/aws-servicediscovery";

const NAME = "bench-dev";
const CIDRS = ["172.16.0.0/20", "172.16.16.0/20"];

export function build(app, workloads) {
  const stack = new Stack(app, NAME);
  Tags.of(stack).add("stp:stack-name", NAME);
  Tags.of(stack).add("stp:project-name", "bench");
  Tags.of(stack).add("stp:stage", "dev");
  const shared = buildShared(stack);
  const gateway = buildGateway(stack, shared);
  for (let index = 0; index < workloads; index += 1) buildWorkload(stack, shared, gateway, index);
  return stack;
}

function buildShared(stack) {
  const vpc = new ec2.CfnVPC(stack, "StpVpc", {
    cidrBlock: "172.16.0.0/16",
    enableDnsHostnames: true,
    enableDnsSupport: true,
    tags: [{ key: "Name", value: `${NAME}-vpc` }],
  });
  const internet = new ec2.CfnInternetGateway(stack, "StpInternetGateway", {
    tags: [{ key: "Name", value: `${NAME}-internet-gateway` }],
  });
  const attachment = new ec2.CfnVPCGatewayAttachment(stack, "StpInternetGatewayAttachment", {
    vpcId: vpc.ref,
    internetGatewayId: internet.ref,
  });
  const subnets = CIDRS.map((cidrBlock, index) => {
    const tags = [{ key: "Name", value: `${NAME}-public-${index}` }];
    const subnet = new ec2.CfnSubnet(stack, `StpPublicSubnet${index}`, {
      vpcId: vpc.ref,
      cidrBlock,
      availabilityZone: Fn.select(index, Fn.getAzs()),
      mapPublicIpOnLaunch: true,
      tags,
    });
    const table = new ec2.CfnRouteTable(stack, `StpPublicRouteTable${index}`, { vpcId: vpc.ref, tags });
    const route = new ec2.CfnRoute(stack, `StpPublicRoute${index}`, {
      routeTableId: table.ref,
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: internet.ref,
    });
    route.addResourceDependency(attachment);
    const association = new ec2.CfnSubnetRouteTableAssociation(stack, `StpPublicSubnetRouteTableAssociation${index}`, {
      routeTableId: table.ref,
      subnetId: subnet.ref,
    });
    return { subnet, route, association };
  });
  const cluster = new ecs.CfnCluster(stack, "StpCluster");
  const executionRole = new iam.CfnRole(stack, "StpEcsExecutionRole", {
    assumeRolePolicyDocument: trust(),
    managedPolicyArns: [Fn.sub("arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy")],
  });
  const namespace = new discovery.CfnPrivateDnsNamespace(stack, "StpPrivateNamespace", {
    name: `${NAME}-private-namespace`,
    vpc: vpc.ref,
  });
  return { vpc, subnets, cluster, executionRole, namespace };
}

function trust(condition) {
  const statement = { Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" };
  return { Version: "2012-10-17", Statement: [condition ? { ...statement, Condition: condition } : statement] };
}

const LOG_FORMAT = JSON.stringify({
  requestId: "$context.requestId",
  ip: "$context.identity.sourceIp",
  requestTime: "$context.requestTime",
  httpMethod: "$context.httpMethod",
  routeKey: "$context.routeKey",
  status: "$context.status",
  protocol: "$context.protocol",
  responseLength: "$context.responseLength",
});

function logGroup(stack, id, logGroupName, retentionInDays) {
  const group = new logs.CfnLogGroup(stack, id, { logGroupName, retentionInDays });
  group.cfnOptions.deletionPolicy = "Delete";
  group.cfnOptions.updateReplacePolicy = "Delete";
  return group;
}

function buildGateway(stack, { vpc, subnets }) {
  const http = new api.CfnApi(stack, "MainGatewayHttpApi", { name: `${NAME}-mainGateway-http-api`, protocolType: "HTTP" });
  const group = logGroup(stack, "MainGatewayAccessLogGroup", `/aws/vendedlogs/${NAME}/api-gateway/mainGateway/access-logs`, 30);
  new api.CfnStage(stack, "MainGatewayStage", {
    apiId: http.ref,
    stageName: "$default",
    autoDeploy: true,
    accessLogSettings: { destinationArn: group.attrArn, format: LOG_FORMAT },
  });
  const securityGroup = new ec2.CfnSecurityGroup(stack, "MainGatewayVpcLinkSecurityGroup", {
    groupDescription: "VPC link of the HTTP API gateway mainGateway",
    vpcId: vpc.ref,
    tags: [{ key: "Name", value: `${NAME}-mainGateway-vpc-link` }],
  });
  const link = new api.CfnVpcLink(stack, "MainGatewayVpcLink", {
    name: `${NAME}-mainGateway-vpc-link`,
    subnetIds: subnets.map(({ subnet }) => subnet.ref),
    securityGroupIds: [securityGroup.attrGroupId],
  });
  return { http, link, securityGroup };
}

function buildWorkload(stack, { vpc, subnets, cluster, executionRole, namespace }, { http, link, securityGroup }, index) {
  const name = `service${index}`;
  const id = `Service${index}`;
  const group = logGroup(stack, `${id}ApiLogGroup`, `/stp/${NAME}/ecs/${name}/api/process-logs`, 90);
  const role = new iam.CfnRole(stack, `${id}TaskRole`, {
    assumeRolePolicyDocument: trust({
      ArnLike: { "aws:SourceArn": Fn.sub("arn:${AWS::Partition}:ecs:${AWS::Region}:${AWS::AccountId}:*") },
      StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID },
    }),
  });
  const tasks = new ec2.CfnSecurityGroup(stack, `${id}TaskSecurityGroup`, {
    groupDescription: `tasks of ${name}`,
    securityGroupIngress: [
      {
        description: "from the HTTP API gateway mainGateway",
        fromPort: 3000,
        toPort: 3000,
        ipProtocol: "tcp",
        sourceSecurityGroupId: securityGroup.attrGroupId,
      },
    ],
    vpcId: vpc.ref,
    tags: [{ key: "Name", value: `${NAME}-${name}` }],
  });
  const definition = new ecs.CfnTaskDefinition(stack, `${id}TaskDefinition`, {
    containerDefinitions: [
      {
        name: "api",
        image: "public.ecr.aws/nginx/nginx:1.29",
        essential: true,
        stopTimeout: 2,
        environment: [
          { name: "PORT", value: "3000" },
          { name: "LOG_LEVEL", value: "info" },
          { name: "SERVICE_NAME", value: `service-${index}` },
        ],
        portMappings: [{ containerPort: 3000, hostPort: 3000, name: "port-3000", protocol: "tcp" }],
        logConfiguration: {
          logDriver: "awslogs",
          options: { "awslogs-group": group.ref, "awslogs-region": Aws.REGION, "awslogs-stream-prefix": "ecs" },
        },
      },
    ],
    cpu: "256",
    memory: "1024",
    networkMode: "awsvpc",
    requiresCompatibilities: ["FARGATE"],
    executionRoleArn: executionRole.attrArn,
    taskRoleArn: role.attrArn,
  });
  const registry = new discovery.CfnService(stack, `${id}Port3000DiscoveryService`, {
    namespaceId: namespace.ref,
    dnsConfig: { dnsRecords: [{ ttl: 60, type: "SRV" }], routingPolicy: "MULTIVALUE" },
    healthCheckCustomConfig: { failureThreshold: 1 },
  });
  const service = new ecs.CfnService(stack, `${id}Service`, {
    cluster: cluster.ref,
    taskDefinition: definition.ref,
    launchType: "FARGATE",
    platformVersion: "LATEST",
    desiredCount: 1,
    networkConfiguration: {
      awsvpcConfiguration: {
        assignPublicIp: "ENABLED",
        securityGroups: [tasks.attrGroupId],
        subnets: subnets.map(({ subnet }) => subnet.ref),
      },
    },
    deploymentConfiguration: {
      deploymentCircuitBreaker: { enable: true, rollback: true },
      maximumPercent: 200,
      minimumHealthyPercent: 100,
    },
    serviceRegistries: [{ registryArn: registry.attrArn, containerName: "api", containerPort: 3000 }],
    enableEcsManagedTags: true,
    propagateTags: "SERVICE",
  });
  for (const { route, association } of subnets) {
    service.addResourceDependency(route);
    service.addResourceDependency(association);
  }
  const integration = new api.CfnIntegration(stack, `MainGatewayTo${id}Port3000Integration`, {
    apiId: http.ref,
    integrationType: "HTTP_PROXY",
    connectionType: "VPC_LINK",
    connectionId: link.ref,
    integrationMethod: "ANY",
    integrationUri: registry.attrArn,
    payloadFormatVersion: "1.0",
  });
  new api.CfnRoute(stack, `MainGatewayAny${id}Route`, {
    apiId: http.ref,
    routeKey: `ANY /service${index}/{proxy+}`,
    target: Fn.join("/", ["integrations", integration.ref]),
  });
}
