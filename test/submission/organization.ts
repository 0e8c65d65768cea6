export const ORGANIZATION = { submitter: 'Example', system: 'box-1' };

/** What a person would fill in, and what the machine would tell. */
export const MACHINE = Object.fromEntries(
  [
    'status=available',
    'host_processor_model_name=Some processor',
    'host_processors_per_node=1',
    'host_processor_core_count=2',
    'host_memory_capacity=24 GiB',
    'host_memory_configuration=1 x 24 GiB DDR5',
    'host_storage_capacity=275 GB',
    'host_storage_type=SSD',
    'host_networking=Ethernet',
    'host_network_card_count=1',
    'host_networking_topology=N/A',
    'cooling=air',
    'operating_system=Debian GNU/Linux 12',
    'other_software_stack=Node.js v20.19.0',
  ].map((entry): [string, string] => {
    const [key = '', value = ''] = entry.split('=');
    return [key, value];
  }),
);
