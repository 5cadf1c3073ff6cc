import * as cdk from 'aws-cdk-lib';
import { ShopStack } from '../lib/shop-stack';

new ShopStack(new cdk.App(), 'shop-cdk-dev');
