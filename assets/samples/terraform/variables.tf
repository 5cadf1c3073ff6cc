variable "reads_memory" {
  description = "Memory size of dynamodb-reads in MB"
  type        = number
  default     = 128
}
