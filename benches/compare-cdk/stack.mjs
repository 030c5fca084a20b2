// The stack of ../subject.rs in the AWS CDK, of L1 constructs: exactly one for each resource that stacktape renders, with the same
// properties. L2 constructs would make other resources (a role of its own here, a custom resource there), and more of them, so that
// the two sides would not do the same work.

import { Aws, Fn, Stack, Tags } from "aws-cdk-lib";
import * as ec2 from "aws-cdk-lib/aws-ec2";
import * as ecs from "aws-cdk-lib/aws-ecs";
import * as elb from "aws-cdk-lib/aws-elasticloadbalancingv2";
import * as iam from "aws-cdk-lib/aws-iam";
import * as logs from "aws-cdk-lib/aws-logs";

const NAME = "bench-dev";
const CIDRS = ["172.16.0.0/20", "172.16.16.0/20"];

export function build(app, workloads) {
  const stack = new Stack(app, NAME);
  // stacktape leaves rules untagged.
  const options = { excludeResourceTypes: ["AWS::ElasticLoadBalancingV2::ListenerRule"] };
  Tags.of(stack).add("stp:stack-name", NAME, options);
  Tags.of(stack).add("stp:project-name", "bench", options);
  Tags.of(stack).add("stp:stage", "dev", options);
  const shared = buildShared(stack);
  const balancer = buildBalancer(stack, shared);
  for (let index = 0; index < workloads; index += 1) buildWorkload(stack, shared, balancer, index);
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
  return { vpc, attachment, subnets, cluster, executionRole };
}

function trust(condition) {
  const statement = { Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" };
  return { Version: "2012-10-17", Statement: [condition ? { ...statement, Condition: condition } : statement] };
}

function logGroup(stack, id, logGroupName, retentionInDays) {
  const group = new logs.CfnLogGroup(stack, id, { logGroupName, retentionInDays });
  group.cfnOptions.deletionPolicy = "Delete";
  group.cfnOptions.updateReplacePolicy = "Delete";
  return group;
}

function buildBalancer(stack, { vpc, attachment, subnets }) {
  const securityGroup = new ec2.CfnSecurityGroup(stack, "MainLoadBalancerSecurityGroup", {
    groupDescription: "load balancer main",
    securityGroupIngress: [{ description: "listener at port 80", cidrIp: "0.0.0.0/0", fromPort: 80, toPort: 80, ipProtocol: "tcp" }],
    vpcId: vpc.ref,
    tags: [{ key: "Name", value: `${NAME}-main` }],
  });
  const balancer = new elb.CfnLoadBalancer(stack, "MainLoadBalancer", {
    type: "application",
    scheme: "internet-facing",
    ipAddressType: "ipv4",
    securityGroups: [securityGroup.attrGroupId],
    subnets: subnets.map(({ subnet }) => subnet.ref),
  });
  balancer.addResourceDependency(attachment);
  const listener = new elb.CfnListener(stack, "MainListener80", {
    loadBalancerArn: balancer.ref,
    port: 80,
    protocol: "HTTP",
    defaultActions: [
      {
        type: "fixed-response",
        fixedResponseConfig: {
          contentType: "text/plain",
          messageBody: "No rule of this listener takes the request, and the listener has no default action.",
          statusCode: "500",
        },
      },
    ],
  });
  return { listener, securityGroup };
}

function buildWorkload(stack, { vpc, subnets, cluster, executionRole }, { listener, securityGroup }, index) {
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
        description: "from the load balancer main",
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
  const targets = new elb.CfnTargetGroup(stack, `${id}ToMainPort3000TargetGroup`, {
    port: 3000,
    protocol: "HTTP",
    targetType: "ip",
    vpcId: vpc.ref,
    healthCheckProtocol: "HTTP",
    healthCheckIntervalSeconds: 5,
    healthCheckTimeoutSeconds: 4,
    healthyThresholdCount: 2,
    targetGroupAttributes: [{ key: "deregistration_delay.timeout_seconds", value: "5" }],
  });
  const rule = new elb.CfnListenerRule(stack, `MainListener80Priority${index + 1}Rule`, {
    listenerArn: listener.ref,
    priority: index + 1,
    conditions: [{ field: "path-pattern", pathPatternConfig: { values: [`/service${index}/*`] } }],
    actions: [{ type: "forward", order: 1, targetGroupArn: targets.ref }],
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
    healthCheckGracePeriodSeconds: 60,
    loadBalancers: [{ targetGroupArn: targets.ref, containerName: "api", containerPort: 3000 }],
    enableEcsManagedTags: true,
    propagateTags: "SERVICE",
  });
  service.addResourceDependency(rule);
  for (const { route, association } of subnets) {
    service.addResourceDependency(route);
    service.addResourceDependency(association);
  }
}
